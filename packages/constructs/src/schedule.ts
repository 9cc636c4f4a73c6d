import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { Construct } from 'constructs';
import { checkInteger, checkName, NAME_RULES } from './guards';
import type { NodeFunction } from './node-function';
import { addRuleTarget } from './rule-target';

export interface ScheduleProps {
  /** Name of the rule: 1 to 64 characters of `A-Z a-z 0-9 _ . -`. */
  readonly name: string;
  /** Interval in minutes, 1 to 1440. */
  readonly everyMinutes: number;
  /** Receives EventBridge's "Scheduled Event". */
  readonly target: NodeFunction;
}

/**
 * Invokes a function at regular intervals, first after one interval. EventBridge delivers each event at least once.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 * @example
 * new Schedule(this, 'Measure', { name: 'dev-measure', everyMinutes: 5, target: measure });
 */
export class Schedule extends Construct {
  readonly resource: CloudwatchEventRule;

  constructor(scope: Construct, id: string, { everyMinutes, name, target }: ScheduleProps) {
    super(scope, id);
    checkName(this, NAME_RULES.rule, name);
    checkInteger(this, 'everyMinutes', everyMinutes, {
      min: 1,
      max: 1440,
      unit: 'minutes',
      fix: 'EventBridge rates are whole minutes. Use a cron expression for intervals longer than a day.',
    });
    this.resource = new CloudwatchEventRule(this, 'Resource', {
      name,
      // EventBridge requires the singular.
      scheduleExpression: everyMinutes === 1 ? 'rate(1 minute)' : `rate(${everyMinutes} minutes)`,
    });
    addRuleTarget(this, this.resource, target);
  }
}
