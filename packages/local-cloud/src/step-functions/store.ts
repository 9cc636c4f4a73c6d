import { parseStateMachineArn, type StateMachineReference } from './arns';
import { invalidArn, stateMachineDeleting, stateMachineDoesNotExist } from './errors';
import type { Alias, ExecutionTarget, Revision, StateMachine, Version } from './model';

/** The state machines of the service, with their versions and aliases. */
export class StateMachineStore {
  readonly #byArn = new Map<string, StateMachine>();
  readonly #targets = new WeakMap<Revision, ExecutionTarget>();

  add(machine: StateMachine): void {
    this.#byArn.set(machine.arn, machine);
  }

  remove(machine: StateMachine): void {
    if (this.#byArn.get(machine.arn) === machine) {
      this.#byArn.delete(machine.arn);
    }
  }

  find(unqualifiedArn: string): StateMachine | undefined {
    return this.#byArn.get(unqualifiedArn);
  }

  /** In the order of creation. */
  all(): StateMachine[] {
    return [...this.#byArn.values()];
  }

  /**
   * The state machine that an ARN, qualified or not, is of.
   *
   * @throws {AwsError} `InvalidArn`, `StateMachineDoesNotExist`
   */
  get(arn: string): StateMachine {
    return this.#byArn.get(arn) ?? this.#machineOf(parseStateMachineArn(arn));
  }

  /** @throws {AwsError} as `get`, and `StateMachineDeleting` */
  getActive(arn: string): StateMachine {
    const machine = this.get(arn);
    if (machine.status === 'DELETING') {
      throw stateMachineDeleting(arn);
    }
    return machine;
  }

  /** @throws {AwsError} as `getActive`, and `StateMachineDoesNotExist` for the ARN of a version or an alias */
  getUnqualified(arn: string): StateMachine {
    const machine = this.getActive(arn);
    if (machine.arn !== arn) {
      throw stateMachineDoesNotExist(arn);
    }
    return machine;
  }

  /** @throws {AwsError} `InvalidArn` for an ARN that is not an unqualified one of a state machine */
  checkDeletable(arn: string): void {
    if (parseStateMachineArn(arn).qualifier !== undefined) {
      throw invalidArn(`Resource type not valid in this context: ${arn}`);
    }
  }

  findVersion(arn: string): { machine: StateMachine; version: Version } | undefined {
    const reference = parseStateMachineArn(arn);
    const machine = this.#byArn.get(reference.stateMachineArn);
    const version = machine?.versions.get(versionNumber(reference));
    return machine === undefined || version === undefined ? undefined : { machine, version };
  }

  findAlias(arn: string): { machine: StateMachine; alias: Alias } | undefined {
    const reference = parseStateMachineArn(arn);
    const machine = this.#byArn.get(reference.stateMachineArn);
    const alias = machine?.aliases.get(reference.qualifier ?? '');
    return machine === undefined || alias === undefined ? undefined : { machine, alias };
  }

  /**
   * What a start with this ARN runs.
   *
   * @param random in [0, 1): chooses between the two versions of an alias
   * @throws {AwsError} as `getActive`
   */
  target(arn: string, random: () => number): ExecutionTarget {
    const machine = this.getActive(arn);
    if (arn === machine.arn) {
      return this.#currentTarget(machine);
    }
    const alias = this.findAlias(arn)?.alias;
    const versionArn = alias === undefined ? arn : routedVersionArn(alias, random());
    const version = this.findVersion(versionArn)?.version;
    if (version === undefined) {
      throw stateMachineDoesNotExist(arn);
    }
    return { machine, revision: version.revision, versionArn, aliasArn: alias?.arn };
  }

  /** One object for all executions of a revision. */
  #currentTarget(machine: StateMachine): ExecutionTarget {
    let target = this.#targets.get(machine.revision);
    if (target === undefined) {
      target = { machine, revision: machine.revision, versionArn: undefined, aliasArn: undefined };
      this.#targets.set(machine.revision, target);
    }
    return target;
  }

  #machineOf(reference: StateMachineReference): StateMachine {
    const machine = this.#byArn.get(reference.stateMachineArn);
    const known =
      reference.qualifier === undefined ||
      machine?.versions.has(versionNumber(reference)) === true ||
      machine?.aliases.has(reference.qualifier) === true;
    if (machine === undefined || !known) {
      throw stateMachineDoesNotExist(reference.arn);
    }
    return machine;
  }
}

/** `NaN`, which no version has, for what is not the number of a version. */
function versionNumber(reference: StateMachineReference): number {
  return /^[1-9]\d*$/.test(reference.qualifier ?? '') ? Number(reference.qualifier) : Number.NaN;
}

function routedVersionArn(alias: Alias, random: number): string {
  let remaining = random * 100;
  let chosen = '';
  for (const route of alias.routing) {
    chosen = route.stateMachineVersionArn;
    remaining -= route.weight;
    if (remaining < 0) {
      break;
    }
  }
  return chosen;
}
