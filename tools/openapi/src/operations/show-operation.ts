import type { Json, Operation, ParameterName } from '../model';

export interface Shown extends Pick<Operation, 'api' | 'routeKey' | 'operationId' | 'summary'> {
  /** Name of the path parameter. */
  readonly parameter: ParameterName;
  readonly description: string;
  readonly schema: string;
  readonly example: Json;
}

/** A `GET` of one execution: 200 with what it is and when to ask again, or 404. */
export const showOperation = ({ parameter, description, schema, example, ...operation }: Shown): Operation => ({
  ...operation,
  parameters: [parameter],
  answers: { '200': { description, schema, headers: ['Retry-After'], example } },
  problems: { '404': ['workflow-not-found'] },
});
