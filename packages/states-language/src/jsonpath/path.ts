import type { JsonValue } from '../values/json';

/** Abstract syntax of a JSONPath expression of the dialect that the States Language takes over from Jayway JsonPath. */
export interface Path {
  readonly text: string;
  /** What the path starts from: `$`, `$$`, or `$name`. */
  readonly root:
    | { readonly kind: 'input' }
    | { readonly kind: 'context' }
    | { readonly kind: 'variable'; name: string };
  readonly segments: readonly Segment[];
  /** A definite path finds one value; an indefinite one finds an array of all matches. */
  readonly definite: boolean;
}

export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly test: FilterTest };

export type FilterOperand = { readonly literal: JsonValue } | { readonly path: Path };

/** @see https://github.com/json-path/JsonPath#filter-operators */
export type FilterOperator =
  | '==='
  | '!=='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '=~'
  | 'in'
  | 'nin'
  | 'subsetof'
  | 'anyof'
  | 'noneof'
  | 'size'
  | 'contains'
  | 'empty';

export type FilterTest =
  | { readonly kind: 'and' | 'or'; readonly tests: readonly FilterTest[] }
  | { readonly kind: 'not'; readonly test: FilterTest }
  | { readonly kind: 'exists'; readonly path: Path }
  | {
      readonly kind: 'compare';
      readonly operator: FilterOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    }
  | { readonly kind: 'matches'; readonly left: FilterOperand; readonly pattern: RegExp };

/** Whether a segment leads from one value to one value at most. */
export function isDefinite({ kind }: Segment): boolean {
  return kind === 'name' || kind === 'names' || kind === 'index';
}

/** A path text that does not parse. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}
