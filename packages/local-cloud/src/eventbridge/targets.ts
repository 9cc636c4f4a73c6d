import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import type { RuntimeClock } from '../contracts';
import type { FunctionService } from '../lambda';
import type { SqsService } from '../sqs';
import type { StepFunctionsService } from '../step-functions';
import { UnsupportedError } from '../unsupported-error';

const path = v.pipe(v.string(), v.regex(/^\$(\.[\w-]+)*$/, 'must be $ or a path of names such as $.detail.id'));

/** A target of a rule, as `PutTargets` takes it. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
export const TargetSchema = v.strictObject({
  Id: v.string(),
  Arn: v.string(),
  RoleArn: v.optional(v.string()),
  Input: v.optional(v.string()),
  InputPath: v.optional(path),
  InputTransformer: v.optional(
    v.strictObject({ InputPathsMap: v.optional(v.record(v.string(), path), {}), InputTemplate: v.string() }),
  ),
  SqsParameters: v.optional(v.strictObject({ MessageGroupId: v.optional(v.string()) })),
  // An event is accepted at once, and then retried as the target's own settings say.
  RetryPolicy: v.optional(v.unknown()),
});
export type Target = v.InferOutput<typeof TargetSchema>;

/** What targets are in. */
export interface TargetServices {
  readonly functions: Pick<FunctionService, 'invokeFor'>;
  readonly sqs: Pick<SqsService, 'sendFor'>;
  readonly stepFunctions: Pick<StepFunctionsService, 'call'>;
  readonly clock: RuntimeClock;
}

const SERVICE = /^arn:[^:]+:(?<service>lambda|sqs|states):[^:]*:\d{12}:(?<resource>function|stateMachine)?/;

/** @throws {UnsupportedError} for a target that is no function, queue or state machine */
export function checkTarget({ Arn, RoleArn }: Target): void {
  const service = SERVICE.exec(Arn)?.groups?.service;
  if (service === undefined) {
    throw new UnsupportedError(
      `target ${Arn} is not supported; supported are Lambda functions, SQS queues and Step Functions state machines`,
    );
  }
  if (service === 'states' && RoleArn === undefined) {
    throw new UnsupportedError(`target ${Arn} needs a role (RoleArn) that may start its executions`);
  }
}

/** Gives a target what it gets of an event. */
export async function deliver(
  target: Target,
  event: JsonValue,
  ruleArn: string,
  services: TargetServices,
): Promise<void> {
  const { functions, sqs, stepFunctions } = services;
  const caller = { service: 'events.amazonaws.com', sourceArn: ruleArn };
  const input = inputOf(target, event, ruleArn);
  switch (SERVICE.exec(target.Arn)?.groups?.service) {
    case 'lambda':
      await functions.invokeFor(caller, target.Arn, input, 'Event');
      break;
    case 'sqs':
      sqs.sendFor(caller, target.Arn, {
        body: input,
        attributes: {},
        groupId: target.SqsParameters?.MessageGroupId,
      });
      break;
    default:
      await stepFunctions.call(
        'StartExecution',
        { stateMachineArn: target.Arn, input },
        target.RoleArn === undefined ? undefined : { roleArn: target.RoleArn },
      );
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function inputOf({ Input, InputPath, InputTransformer }: Target, event: JsonValue, ruleArn: string): string {
  if (Input !== undefined) {
    return Input;
  }
  if (InputTransformer === undefined) {
    return JSON.stringify(InputPath === undefined ? event : (at(event, InputPath) ?? null));
  }
  const { InputPathsMap, InputTemplate } = InputTransformer;
  const values = new Map<string, JsonValue | undefined>([
    ['aws.events.rule-arn', ruleArn],
    ['aws.events.rule-name', ruleArn.slice(ruleArn.lastIndexOf('/') + 1)],
    ['aws.events.event', event],
    ['aws.events.event.json', event],
    ...Object.entries(InputPathsMap).map(([name, from]) => [name, at(event, from)] as const),
  ]);
  return withoutNames(InputTemplate, values);
}

/** Puts values in the place of `<names>`: as JSON, and as bare text within a string. */
function withoutNames(template: string, values: ReadonlyMap<string, JsonValue | undefined>): string {
  let inString = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (match, name: string | undefined) => {
    if (match === '"') {
      inString = !inString;
    }
    if (name === undefined || !values.has(name)) {
      return match;
    }
    const value = values.get(name);
    if (!inString) {
      return value === undefined ? '' : JSON.stringify(value);
    }
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}

function at(event: JsonValue, jsonPath: string): JsonValue | undefined {
  let value: JsonValue | undefined = event;
  for (const name of jsonPath.split('.').slice(1)) {
    value = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
  }
  return value;
}
