import type { Invariant } from '../run/evidence';
import type { WorldOptions } from '../world/world';

/** One change to what is deployed. */
export interface Edit {
  /** A function's name, or the type of a resource. */
  readonly of: string;
  /** Name of the argument, for a resource. */
  readonly argument?: string;
  readonly find: RegExp;
  readonly replacement: string;
}

export interface Mutation {
  /** The promise that it breaks. */
  readonly breaks: Invariant;
  readonly edits: readonly Edit[];
}

export const func = (name: string, find: RegExp, replacement: string): Edit => ({ of: name, find, replacement });

export const definition = (find: RegExp, replacement: string): Edit => ({
  of: 'aws_sfn_state_machine',
  argument: 'definition',
  find,
  replacement,
});

export const policy = (find: RegExp, replacement: string): Edit => ({
  of: 'aws_iam_role_policy',
  argument: 'policy',
  find,
  replacement,
});

/** A mutation's pattern is nowhere in what is deployed: it would prove nothing. */
export class MutationError extends Error {
  override readonly name = 'MutationError';
}

/** Plants a mutation in the worlds that are made with the result. */
export function plant({ edits }: Mutation): Pick<WorldOptions, 'edit' | 'editArgument'> & { requirePlanted(): void } {
  const planted = new Set<Edit>();
  const change = (edit: Edit, text: string): string => {
    const changed = text.replace(new RegExp(edit.find, 'g'), edit.replacement);
    if (changed !== text) {
      planted.add(edit);
    }
    return changed;
  };
  return {
    edit: (functionName, source) =>
      edits.filter(({ of }) => of === functionName).reduce((text, edit) => change(edit, text), source),
    editArgument: (type, argument, value) =>
      edits
        .filter((edit) => edit.of === type && edit.argument === argument)
        .reduce((text, edit) => change(edit, text), value),
    requirePlanted() {
      for (const edit of edits) {
        if (!planted.has(edit)) {
          throw new MutationError(`${edit.of} has nothing like ${edit.find}: the mutation must be written anew`);
        }
      }
    },
  };
}
