import type { GenericSchema } from 'valibot';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The APIs whose operations are written here. */
export type ApiName = 'workflows' | 'idempotent' | 'mock';

/** One request header, query or path parameter. */
export type ParameterName = 'taskId' | 'workflowId' | 'compositeWorkflowId' | 'name' | 'idempotencyKey' | 'attempt';

/** An answer that is no problem. */
export interface Answer {
  readonly description: string;
  /** Name in {@link Operation}'s schemas; absent for an answer without a body. */
  readonly schema?: string;
  readonly headers?: readonly HeaderName[];
  readonly example?: Json;
}

export type HeaderName = 'Location' | 'Retry-After' | 'Idempotent-Replayed';

/** One route, as it is published. */
export interface Operation {
  /** An {@link ApiName}, or the id of a pattern that the catalogue describes. */
  readonly api: string;
  /** As in the stacks: `GET /tasks/{taskId}`. */
  readonly routeKey: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Each a {@link ParameterName}, or a path parameter of the route. */
  readonly parameters?: readonly string[];
  readonly body?: {
    /** Name of the schema. */
    readonly schema: string;
    /** Whether an empty body is refused. */
    readonly required: boolean;
    readonly examples: Readonly<Record<string, Json>>;
  };
  readonly answers: Readonly<Record<string, Answer>>;
  /** Codes of the problems that are this route's own, by status. What every route may answer is added. */
  readonly problems: Readonly<Record<string, readonly string[]>>;
}

/** A schema under the name that it has in the document. */
export interface NamedSchema {
  readonly schema: GenericSchema;
  readonly description: string;
}
