import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Fn, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Lets Terraform plan without AWS. The provider asks AWS to validate every definition that is completely known at
 * plan time; so each gets an empty ending that is known only after the role exists. The definitions were validated at
 * synthesis.
 */
export class OfflinePlan implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof SfnStateMachine) || node.definitionInput === undefined) {
      return;
    }
    const emptyOnceApplied = Fn.replace(node.roleArnInput ?? '', '/.*/', '');
    node.definition = `${node.definitionInput}${emptyOnceApplied}`;
  }
}
