import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import { arnOf } from '../account';
import type { Authorizer, AwsRequest, AwsResponse, InProcessService, Principal } from '../contracts';
import { AwsError } from '../contracts';
import { errorResponse, jsonResponse } from '../endpoint/aws-response';
import { operationIn, parseBody, requestBy } from '../endpoint/operation-requests';
import { UnsupportedError } from '../unsupported-error';
import { DEFAULT_BUS, type EventBus, type Rule } from './event-bus';
import { type Entry, putEvents } from './put-events';
import { TargetSchema } from './targets';

const TARGET = 'AWSEvents.';

type JsonObject = Record<string, JsonValue>;

const text = v.string();
const bus = { EventBusName: v.optional(text, DEFAULT_BUS) };

/** The requests of the operations; members that are not listed are ignored. */
const REQUESTS = {
  PutEvents: v.object({ Entries: v.pipe(v.array(v.record(text, v.unknown())), v.minLength(1), v.maxLength(10)) }),
  CreateEventBus: v.object({ Name: text }),
  DeleteEventBus: v.object({ Name: text }),
  DescribeEventBus: v.object({ Name: v.optional(text, DEFAULT_BUS) }),
  ListEventBuses: v.object({}),
  PutRule: v.object({
    Name: text,
    ...bus,
    EventPattern: v.optional(text),
    ScheduleExpression: v.optional(text),
    State: v.optional(v.picklist(['ENABLED', 'DISABLED']), 'ENABLED'),
    Description: v.optional(text),
  }),
  DescribeRule: v.object({ Name: text, ...bus }),
  ListRules: v.object({ NamePrefix: v.optional(text, ''), ...bus }),
  EnableRule: v.object({ Name: text, ...bus }),
  DisableRule: v.object({ Name: text, ...bus }),
  DeleteRule: v.object({ Name: text, ...bus }),
  PutTargets: v.object({ Rule: text, ...bus, Targets: v.array(TargetSchema) }),
  RemoveTargets: v.object({ Rule: text, ...bus, Ids: v.array(text) }),
  ListTargetsByRule: v.object({ Rule: text, ...bus }),
  ListTagsForResource: v.object({ ResourceARN: text }),
} as const;

type OperationName = keyof typeof REQUESTS;
type RequestOf<N extends OperationName> = v.InferOutput<(typeof REQUESTS)[N]>;

/** EventBridge over its JSON protocol and in process. */
export class EventBridgeService implements InProcessService {
  readonly id = 'eventbridge';
  readonly #region: string;
  readonly #bus: EventBus;
  readonly #authorizer: Authorizer;

  constructor(region: string, eventBus: EventBus, authorizer: Authorizer) {
    this.#region = region;
    this.#bus = eventBus;
    this.#authorizer = authorizer;
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith(TARGET) === true;
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    const operation = request.headers['x-amz-target']?.slice(TARGET.length) ?? '';
    try {
      const result = await this.call(operation, parseBody(request.body), request.principal);
      return jsonResponse(JSON.stringify(result), 'application/x-amz-json-1.1');
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      return errorResponse(error, 'application/x-amz-json-1.1');
    }
  }

  async call(operation: string, input: JsonValue, principal: Principal | undefined): Promise<JsonObject> {
    const name = operationNamed(operation);
    const request = readRequest(name, input);
    try {
      return this.#run(name, request, principal);
    } catch (error) {
      if (error instanceof UnsupportedError) {
        throw new AwsError('ValidationException', error.message);
      }
      // Patterns are the only texts that are read as JSON.
      throw error instanceof SyntaxError
        ? new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`)
        : error;
    }
  }

  async close(): Promise<void> {}

  #run(name: OperationName, request: unknown, principal: Principal | undefined): JsonObject {
    switch (name) {
      case 'PutEvents': {
        const { Entries } = request as RequestOf<typeof name>;
        for (const busName of new Set(Entries.map((entry) => busNameOf(entry as Entry)))) {
          this.#authorizer.authorize(principal, 'events:PutEvents', this.#bus.busArn(busName));
        }
        return putEvents(this.#bus, Entries as Entry[]);
      }
      case 'CreateEventBus':
      case 'DeleteEventBus':
      case 'DescribeEventBus':
      case 'ListEventBuses':
        return this.#runOnBuses(name, (request as { Name?: string }).Name ?? '*', principal);
      case 'ListTagsForResource':
        return { Tags: [] };
      default:
        return this.#runOnRules(name, request, principal);
    }
  }

  #runOnBuses(name: OperationName, busName: string, principal: Principal | undefined): JsonObject {
    this.#authorizer.authorize(principal, `events:${name}`, this.#bus.busArn(busName));
    switch (name) {
      case 'CreateEventBus':
        return { EventBusArn: this.#bus.createBus(busName) };
      case 'DeleteEventBus':
        this.#bus.deleteBus(busName);
        return {};
      case 'DescribeEventBus':
        return { Name: this.#bus.busNamed(busName), Arn: this.#bus.busArn(this.#bus.busNamed(busName)) };
      default:
        return { EventBuses: this.#bus.busNames.map((it) => ({ Name: it, Arn: this.#bus.busArn(it) })) };
    }
  }

  #runOnRules(name: OperationName, request: unknown, principal: Principal | undefined): JsonObject {
    const {
      EventBusName,
      Name,
      Rule: ruleName = Name ?? '*',
    } = request as {
      EventBusName: string;
      Name?: string;
      Rule?: string;
    };
    const busName = this.#bus.busNamed(EventBusName);
    const resource = busName === DEFAULT_BUS ? `rule/${ruleName}` : `rule/${busName}/${ruleName}`;
    this.#authorizer.authorize(principal, `events:${name}`, arnOf('events', this.#region, resource));
    switch (name) {
      case 'PutRule':
        return { RuleArn: this.#putRule(request as RequestOf<typeof name>, busName) };
      case 'ListRules': {
        const { NamePrefix } = request as RequestOf<typeof name>;
        const found = this.#bus.rules(busName).filter((rule) => rule.name.startsWith(NamePrefix));
        return { Rules: found.map(described) };
      }
      case 'DescribeRule':
        return described(this.#bus.rule(ruleName, busName));
      case 'EnableRule':
      case 'DisableRule': {
        const rule = this.#bus.rule(ruleName, busName);
        this.#bus.putRule(rule.name, { ...rule, enabled: name === 'EnableRule' }, busName);
        return {};
      }
      case 'DeleteRule': {
        const rule = this.#bus.rules(busName).find((it) => it.name === ruleName);
        if (rule !== undefined && rule.targets.size > 0) {
          throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
        }
        if (rule !== undefined) {
          this.#bus.deleteRule(rule);
        }
        return {};
      }
      case 'PutTargets':
        for (const target of (request as RequestOf<typeof name>).Targets) {
          this.#bus.putTarget(ruleName, target, busName);
        }
        return { FailedEntryCount: 0, FailedEntries: [] };
      case 'RemoveTargets':
        for (const id of (request as RequestOf<typeof name>).Ids) {
          this.#bus.rule(ruleName, busName).targets.delete(id);
        }
        return { FailedEntryCount: 0, FailedEntries: [] };
      default:
        return { Targets: JSON.parse(JSON.stringify([...this.#bus.rule(ruleName, busName).targets.values()])) };
    }
  }

  #putRule(request: RequestOf<'PutRule'>, busName: string): string {
    const { Description, EventPattern, Name, ScheduleExpression, State } = request;
    if (EventPattern === undefined && ScheduleExpression === undefined) {
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const settings = { pattern: EventPattern, schedule: ScheduleExpression, description: Description };
    return this.#bus.putRule(Name, { ...settings, enabled: State === 'ENABLED' }, busName);
  }
}

const busNameOf = ({ EventBusName = DEFAULT_BUS }: Entry): string =>
  EventBusName.slice(EventBusName.lastIndexOf('/') + 1);

const described = ({ arn, busName, description, enabled, name, pattern, schedule }: Rule): JsonObject => ({
  Name: name,
  Arn: arn,
  EventBusName: busName,
  State: enabled ? 'ENABLED' : 'DISABLED',
  ...(pattern === undefined ? {} : { EventPattern: pattern }),
  ...(schedule === undefined ? {} : { ScheduleExpression: schedule }),
  ...(description === undefined ? {} : { Description: description }),
});

const operationNamed = (name: string): OperationName =>
  operationIn(
    REQUESTS,
    { name, service: 'EventBridge' },
    (message) => new AwsError('UnknownOperationException', message),
  );

const readRequest = <N extends OperationName>(name: N, request: unknown): RequestOf<N> =>
  requestBy(REQUESTS[name] as v.GenericSchema<unknown, RequestOf<N>>, request, (issue) => {
    const problem =
      issue.expected === 'never'
        ? 'is not supported by this runtime'
        : `failed to satisfy constraint: ${issue.message}`;
    return new AwsError(
      'ValidationException',
      `1 validation error detected: Value at '${v.getDotPath(issue) ?? name}' ${problem}`,
    );
  });
