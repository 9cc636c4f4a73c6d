import type { CancelTimer, JsonValue } from '@workflows/states-language';
import { arnOf } from '../account';
import type { RecurringClock, RuntimeClock } from '../contracts';
import type { FunctionService } from '../lambda';
import { UnsupportedError } from '../unsupported-error';
import { type BusEvent, eventEnvelope } from './event-envelope';
import { compilePattern } from './event-pattern';
import { intervalOf } from './schedule-expression';

interface Rule {
  readonly arn: string;
  readonly enabled: boolean;
  /** Which events it is for: none, when it has a schedule instead. */
  readonly matches: (event: JsonValue) => boolean;
  readonly intervalMs?: number;
  readonly functionNames: string[];
}

/** The default event bus: rules on events or on a schedule, with functions as targets. */
export class EventBus {
  readonly #rules = new Map<string, Rule>();
  readonly #schedules: CancelTimer[] = [];

  readonly #region: string;
  readonly #functions: FunctionService;
  readonly #clock: RuntimeClock;
  readonly #onUndelivered: (problem: string) => void;

  constructor(
    region: string,
    functions: FunctionService,
    clock: RuntimeClock,
    onUndelivered: (problem: string) => void,
  ) {
    this.#region = region;
    this.#functions = functions;
    this.#clock = clock;
    this.#onUndelivered = onUndelivered;
  }

  /**
   * @returns the rule's ARN
   * @throws {UnsupportedError} for a pattern that is not supported
   */
  putRule(name: string, pattern: string, enabled: boolean): string {
    return this.#put(name, { enabled, matches: compilePattern(pattern) });
  }

  /**
   * A rule that has its turn at regular intervals, once {@link startSchedules} was called.
   *
   * @returns the rule's ARN
   * @throws {UnsupportedError} for anything but `rate(…)`
   */
  putScheduledRule(name: string, expression: string, enabled: boolean): string {
    return this.#put(name, { enabled, matches: () => false, intervalMs: intervalOf(expression) });
  }

  /** @throws {UnsupportedError} when there is no such rule. */
  putTarget(ruleName: string, functionName: string): void {
    const rule = this.#rules.get(ruleName);
    if (rule === undefined) {
      throw new UnsupportedError(`rule ${ruleName} does not exist`);
    }
    rule.functionNames.push(functionName);
  }

  /** Hands an event to the targets of every rule that it matches, asynchronously as EventBridge does. */
  publish(occurrence: BusEvent): void {
    const event = this.#envelope(occurrence);
    for (const rule of this.#rules.values()) {
      if (rule.enabled && rule.matches(event)) {
        this.#deliver(rule, event);
      }
    }
  }

  /** Starts what the rules with a schedule repeat, the first time after one interval, as EventBridge does. */
  startSchedules(clock: RecurringClock): void {
    for (const rule of this.#rules.values()) {
      if (!rule.enabled || rule.intervalMs === undefined) {
        continue;
      }
      this.#schedules.push(clock.every(rule.intervalMs, () => this.#deliver(rule, this.#scheduledEvent(rule))));
    }
  }

  async close(): Promise<void> {
    for (const cancel of this.#schedules.splice(0)) {
      cancel();
    }
  }

  #put(name: string, rule: Pick<Rule, 'enabled' | 'matches' | 'intervalMs'>): string {
    const arn = arnOf('events', this.#region, `rule/${name}`);
    this.#rules.set(name, { ...rule, arn, functionNames: [] });
    return arn;
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
  #scheduledEvent({ arn }: Rule): JsonValue {
    return this.#envelope({ source: 'aws.events', detailType: 'Scheduled Event', resources: [arn], detail: {} });
  }

  #envelope(occurrence: BusEvent): JsonValue {
    return eventEnvelope(occurrence, this.#region, this.#clock.now());
  }

  #deliver(rule: Rule, event: JsonValue): void {
    const caller = { service: 'events.amazonaws.com', sourceArn: rule.arn };
    const payload = JSON.stringify(event);
    for (const functionName of rule.functionNames) {
      this.#functions.invokeFor(caller, functionName, payload, 'Event').catch((error: Error) => {
        this.#onUndelivered(`event of rule ${rule.arn} was not delivered: ${error.message}`);
      });
    }
  }
}
