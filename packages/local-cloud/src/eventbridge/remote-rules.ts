import type { JsonValue } from '@workflows/states-language';
import type { FunctionInvoker, RuntimeClock } from '../contracts';
import { anySignature, httpCall } from '../endpoint/http-call';
import { type BusEvent, eventEnvelope } from './event-envelope';
import { compilePattern } from './event-pattern';

export interface RemoteRulesOptions {
  /** Endpoint of EventBridge. */
  readonly url: string;
  readonly region: string;
  /** Where the targets are. */
  readonly functions: FunctionInvoker;
  readonly clock: Pick<RuntimeClock, 'now'>;
  /** Called with one sentence for each event that a target should have got. */
  readonly onUndelivered: (problem: string) => void;
}

interface Rule {
  readonly Name: string;
  readonly State?: string;
  readonly EventPattern?: string;
}

interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: object;
}

/**
 * The rules of an EventBridge behind an endpoint, for events of AWS services. `PutEvents` takes none whose source is
 * `aws.…`, so their targets are called from here.
 */
export class RemoteRules {
  readonly #options: RemoteRulesOptions;
  /** Events that come while rules are being listed share the list. */
  #listing: Promise<readonly Rule[]> | undefined;

  constructor(options: RemoteRulesOptions) {
    this.#options = options;
  }

  publish(occurrence: BusEvent): void {
    const { clock, onUndelivered, region } = this.#options;
    const event = eventEnvelope(occurrence, region, clock.now());
    this.#deliver(event).catch((error: Error) => {
      onUndelivered(`an event of ${occurrence.source} was not delivered: ${error.message}`);
    });
  }

  async #deliver(event: JsonValue): Promise<void> {
    this.#listing ??= this.#rules().finally(() => {
      this.#listing = undefined;
    });
    for (const { EventPattern, Name, State } of await this.#listing) {
      if (EventPattern !== undefined && State !== 'DISABLED' && compilePattern(EventPattern)(event)) {
        const { Targets } = await this.#call<{ Targets: Target[] }>('ListTargetsByRule', { Rule: Name });
        await Promise.all(Targets.map((target) => this.#send(target, event)));
      }
    }
  }

  async #send(target: Target, event: JsonValue): Promise<void> {
    const { functions } = this.#options;
    if (!target.Arn.includes(':function:') || target.InputPath !== undefined || target.InputTransformer !== undefined) {
      throw new Error(`the target ${target.Id} (${target.Arn}) is not a function that receives the unmodified event`);
    }
    const payload = target.Input ?? JSON.stringify(event);
    await functions.invoke(target.Arn, payload, { invocationType: 'Event', principal: undefined });
  }

  async #rules(): Promise<readonly Rule[]> {
    const rules: Rule[] = [];
    let next: string | undefined;
    do {
      const page = await this.#call<{ Rules: Rule[]; NextToken?: string }>('ListRules', {
        ...(next === undefined ? {} : { NextToken: next }),
      });
      rules.push(...page.Rules);
      next = page.NextToken;
    } while (next !== undefined);
    return rules;
  }

  async #call<T>(operation: string, request: object): Promise<T> {
    const { region, url } = this.#options;
    const { body, status } = await httpCall(new URL(url), {
      method: 'POST',
      headers: {
        ...anySignature(region, 'events'),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSEvents.${operation}`,
      },
      body: JSON.stringify(request),
    });
    if (status >= 300) {
      throw new Error(`${operation} was answered with status ${status}: ${body.toString().slice(0, 200)}`);
    }
    return JSON.parse(body.toString());
  }
}
