import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';
import { ACCOUNT_ID, arnOf } from '../account';
import type { RuntimeClock } from '../contracts';
import type { FunctionService } from '../lambda';
import { UnsupportedError } from '../unsupported-error';
import { compilePattern } from './event-pattern';

/** An event on its way to the rules. */
export interface BusEvent {
  /** `aws.states` */
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonValue;
}

interface Rule {
  readonly arn: string;
  readonly enabled: boolean;
  readonly matches: (event: JsonValue) => boolean;
  readonly functionNames: string[];
}

/** The default event bus: rules with functions as targets. */
export class EventBus {
  readonly #rules = new Map<string, Rule>();

  constructor(
    private readonly region: string,
    private readonly functions: FunctionService,
    private readonly clock: RuntimeClock,
    private readonly onUndelivered: (problem: string) => void,
  ) {}

  /**
   * @returns the rule's ARN
   * @throws {UnsupportedError} for a pattern that is not supported
   */
  putRule(name: string, pattern: string, enabled: boolean): string {
    const arn = arnOf('events', this.region, `rule/${name}`);
    this.#rules.set(name, { arn, enabled, matches: compilePattern(pattern), functionNames: [] });
    return arn;
  }

  /** @throws {UnsupportedError} when there is no such rule. */
  putTarget(ruleName: string, functionName: string): void {
    const rule = this.#rules.get(ruleName);
    if (rule === undefined) throw new UnsupportedError(`rule ${ruleName} does not exist`);
    rule.functionNames.push(functionName);
  }

  /** Hands an event to the targets of every rule that it matches, asynchronously as EventBridge does. */
  publish({ detail, detailType, resources, source }: BusEvent): void {
    const event: JsonValue = {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: ACCOUNT_ID,
      time: new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: this.region,
      resources: [...resources],
      detail,
    };
    for (const rule of this.#rules.values()) {
      if (!rule.enabled || !rule.matches(event)) continue;
      for (const functionName of rule.functionNames) this.#deliver(rule, functionName, JSON.stringify(event));
    }
  }

  #deliver(rule: Rule, functionName: string, event: string): void {
    const caller = { service: 'events.amazonaws.com', sourceArn: rule.arn };
    this.functions.invokeFor(caller, functionName, event, 'Event').catch((error: Error) => {
      this.onUndelivered(`event of rule ${rule.arn} was not delivered: ${error.message}`);
    });
  }
}
