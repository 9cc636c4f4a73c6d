import type { CancelTimer, JsonValue } from '@workflows/states-language';
import { arnOf } from '../account';
import { AwsError, type RecurringClock } from '../contracts';
import { type BusEvent, eventEnvelope } from './event-envelope';
import { compilePattern } from './event-pattern';
import { intervalOf } from './schedule-expression';
import { checkTarget, deliver, type Target, type TargetServices } from './targets';

export const DEFAULT_BUS = 'default';

export interface RuleSettings {
  readonly description?: string | undefined;
  readonly enabled: boolean;
  readonly pattern?: string | undefined;
  readonly schedule?: string | undefined;
}

export interface Rule extends RuleSettings {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  /** Which events it is for: none, when it has only a schedule. */
  readonly matches: (event: JsonValue) => boolean;
  readonly targets: Map<string, Target>;
}

/** The event buses: rules on events or on a schedule, with functions, queues and state machines as targets. */
export class EventBus {
  readonly #buses = new Set([DEFAULT_BUS]);
  readonly #rules = new Map<string, Rule>();
  readonly #schedules = new Map<string, CancelTimer>();
  #scheduling: RecurringClock | undefined;

  readonly #region: string;
  readonly #services: TargetServices;
  readonly #onUndelivered: (problem: string) => void;

  constructor(region: string, services: TargetServices, onUndelivered: (problem: string) => void) {
    this.#region = region;
    this.#services = services;
    this.#onUndelivered = onUndelivered;
  }

  get busNames(): string[] {
    return [...this.#buses];
  }

  /** A bus may be named by its ARN. */
  busArn(name: string): string {
    return arnOf('events', this.#region, `event-bus/${name}`);
  }

  /** @returns the bus's ARN */
  createBus(name: string): string {
    this.#buses.add(name);
    return this.busArn(name);
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  busNamed(nameOrArn: string): string {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
    if (!this.#buses.has(name)) {
      throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    }
    return name;
  }

  /**
   * Creates or replaces a rule; its targets stay.
   *
   * @returns the rule's ARN
   * @throws {UnsupportedError} for a pattern or a schedule that is not supported
   */
  putRule(name: string, settings: RuleSettings, busName = DEFAULT_BUS): string {
    const { enabled, pattern, schedule } = settings;
    const intervalMs = schedule === undefined ? undefined : intervalOf(schedule);
    const arn = arnOf('events', this.#region, busName === DEFAULT_BUS ? `rule/${name}` : `rule/${busName}/${name}`);
    const matches = pattern === undefined ? () => false : compilePattern(pattern);
    const targets = this.#rules.get(arn)?.targets ?? new Map<string, Target>();
    const rule: Rule = { ...settings, name, busName, arn, matches, targets };
    this.#rules.set(arn, rule);
    this.#schedules.get(arn)?.();
    this.#schedules.delete(arn);
    if (enabled && intervalMs !== undefined && this.#scheduling !== undefined) {
      this.#schedule(rule, intervalMs, this.#scheduling);
    }
    return arn;
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  rule(name: string, busName = DEFAULT_BUS): Rule {
    const found = this.rules(busName).find((rule) => rule.name === name);
    if (found === undefined) {
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${busName}.`);
    }
    return found;
  }

  rules(busName = DEFAULT_BUS): Rule[] {
    return [...this.#rules.values()].filter((rule) => rule.busName === busName);
  }

  deleteRule({ arn }: Rule): void {
    this.#rules.delete(arn);
    this.#schedules.get(arn)?.();
    this.#schedules.delete(arn);
  }

  deleteBus(name: string): void {
    this.#buses.delete(name);
  }

  /** @throws {UnsupportedError} for a target that is not supported, {AwsError} when there is no such rule */
  putTarget(ruleName: string, target: Target, busName = DEFAULT_BUS): void {
    checkTarget(target);
    this.rule(ruleName, busName).targets.set(target.Id, target);
  }

  /**
   * Hands an event to the targets of every rule that it matches, asynchronously as EventBridge does.
   * @returns the event's id
   */
  publish(occurrence: BusEvent, busName = DEFAULT_BUS): string {
    const event = eventEnvelope(occurrence, this.#region, this.#services.clock.now());
    for (const rule of this.rules(busName)) {
      if (rule.enabled && rule.matches(event)) {
        this.#deliver(rule, event);
      }
    }
    return event.id;
  }

  /** Starts what the rules with a schedule repeat, the first time after one interval, as EventBridge does. */
  startSchedules(clock: RecurringClock): void {
    this.#scheduling = clock;
    for (const rule of this.#rules.values()) {
      if (rule.enabled && rule.schedule !== undefined) {
        this.#schedule(rule, intervalOf(rule.schedule), clock);
      }
    }
  }

  async close(): Promise<void> {
    for (const cancel of this.#schedules.values()) {
      cancel();
    }
    this.#schedules.clear();
  }

  #schedule(rule: Rule, intervalMs: number, clock: RecurringClock): void {
    this.#schedules.set(
      rule.arn,
      clock.every(intervalMs, () => this.#deliver(rule, this.#scheduledEvent(rule))),
    );
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
  #scheduledEvent({ arn }: Rule): JsonValue {
    const occurrence = { source: 'aws.events', detailType: 'Scheduled Event', resources: [arn], detail: {} };
    return eventEnvelope(occurrence, this.#region, this.#services.clock.now());
  }

  #deliver(rule: Rule, event: JsonValue): void {
    for (const target of rule.targets.values()) {
      deliver(target, event, rule.arn, this.#services).catch((error: Error) => {
        this.#onUndelivered(`event of rule ${rule.arn} was not delivered: ${error.message}`);
      });
    }
  }
}
