import type { Diagnostic } from '../diagnostics';

/** Diagnostic codes. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html */
export type DiagnosticCode =
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSON_DESCRIPTION'
  | 'MISSING_TRANSITION_TARGET'
  | 'SCHEMA_VALIDATION_FAILED';

/** Collects findings while a definition is walked. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];

  error(code: DiagnosticCode, message: string, location?: string): void {
    this.diagnostics.push({ severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) });
  }

  /** A field that is not known where it is. */
  unsupported(field: string, location: string): void {
    this.schema(`Field '${field}' is not supported`, location);
  }

  /** The commonest finding. */
  schema(message: string, location: string): void {
    this.error('SCHEMA_VALIDATION_FAILED', message, location);
  }
}
