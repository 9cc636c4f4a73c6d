import type { Diagnostic, StateMachineType } from '../diagnostics';
export function diagnose(_definition: string, _type: StateMachineType): Diagnostic[] {
  return [];
}
