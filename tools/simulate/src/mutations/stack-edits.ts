import type { Stack } from '@workflows/local-cloud/services';
import type { PolicyMutation, StateMutation } from './mutation';
import { MutationError } from './mutation-error';

type Json = Record<string, unknown>;

interface StatementJson {
  readonly Action: string | readonly string[];
}

const REMEDY = 'Change its entry in tools/simulate/src/mutations/mutations.ts to match the synthesized stacks.';

/** Changes the state machines and policies of stacks, and reports the changes whose target is gone. */
export class StackEdits {
  readonly #mutation: string;
  readonly #states: readonly StateMutation[];
  readonly #policy: PolicyMutation | undefined;
  readonly #planted = new Set<StateMutation | PolicyMutation>();
  readonly #seen: string[] = [];

  constructor(mutation: string, states: readonly StateMutation[], policy: PolicyMutation | undefined) {
    this.#mutation = mutation;
    this.#states = states;
    this.#policy = policy;
  }

  readonly edit = (stack: Stack): Stack => ({
    ...stack,
    blocks: stack.blocks.map((block) => {
      const { body, type } = block;
      if (type === 'aws_sfn_state_machine' && typeof body.definition === 'string') {
        return {
          ...block,
          body: { ...body, definition: editDocument(body.definition, (it) => this.#editMachine(it)) },
        };
      }
      if (type === 'aws_iam_role_policy' && typeof body.policy === 'string') {
        return { ...block, body: { ...body, policy: editDocument(body.policy, (it) => this.#editPolicy(it)) } };
      }
      return block;
    }),
  });

  /** @throws {MutationError} when something that was to change is not there */
  requirePlanted(): void {
    for (const edit of this.#states) {
      if (!this.#planted.has(edit)) {
        throw new MutationError(
          this.#mutation,
          `no state machine has a state "${edit.state}" with ${edit.pointer}. The states are ${this.#seen.join(', ')}.`,
          REMEDY,
        );
      }
    }
    if (this.#policy !== undefined && !this.#planted.has(this.#policy)) {
      throw new MutationError(this.#mutation, `no role's policy allows ${this.#policy.withoutAction}.`, REMEDY);
    }
  }

  #editMachine(machine: Json): void {
    const states = machine.States as Record<string, Json>;
    this.#seen.push(...Object.keys(states));
    for (const edit of this.#states) {
      const state = states[edit.state];
      if (state !== undefined && setField(state, edit)) {
        this.#planted.add(edit);
      }
    }
  }

  #editPolicy(policy: Json): void {
    const edit = this.#policy;
    if (edit === undefined) {
      return;
    }
    policy.Statement = (policy.Statement as StatementJson[]).flatMap((statement) => {
      const actions = [statement.Action].flat();
      const kept = actions.filter((action) => action !== edit.withoutAction);
      if (kept.length < actions.length) {
        this.#planted.add(edit);
      }
      return kept.length === 0 ? [] : [{ ...statement, Action: kept }];
    });
  }
}

/** @returns whether the field was there */
function setField(state: Json, { pointer, value }: StateMutation): boolean {
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  const parent = path.reduce<unknown>((at, name) => Reflect.get(Object(at), name), state);
  if (typeof parent !== 'object' || parent === null || !(last in parent)) {
    return false;
  }
  if (value === undefined) {
    Reflect.deleteProperty(parent, last);
  } else {
    Reflect.set(parent, last, value);
  }
  return true;
}

/** Edits a JSON document that contains Terraform's `${…}` expressions, whose quotes are not valid JSON. */
function editDocument(text: string, edit: (document: Json) => void): string {
  const expressions: string[] = [];
  const withoutExpressions = text.replace(/\$\{[^}]*\}/g, (expression) => `\${${expressions.push(expression) - 1}}`);
  const document = JSON.parse(withoutExpressions) as Json;
  edit(document);
  return JSON.stringify(document).replace(/\$\{(\d+)\}/g, (_whole, index) => expressions[Number(index)] ?? '');
}
