import type { Diagnostic } from '../diagnostics';

/**
 * Diagnostic codes of errors. `INVALID_JSONATA_EXPRESSION`, `UNSUPPORTED_JSONATA_EXPRESSION`, `RESERVED_VARIABLE_NAME` and
 * `INVALID_VARIABLE_NAME` are not in the list of the API's page: they were seen in answers of AWS.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export type DiagnosticCode =
  | 'DUPLICATE_LABEL_NAME'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'INVALID_JSON_DESCRIPTION'
  | 'INVALID_LABEL_NAME'
  | 'INVALID_STATE_NAME'
  | 'INVALID_VARIABLE_NAME'
  | 'MISSING_END_STATE'
  | 'MISSING_TRANSITION_TARGET'
  | 'RESERVED_VARIABLE_NAME'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** Codes of warnings, which refuse nothing. */
export type WarningCode = 'NO_DOLLAR' | 'NO_PATH' | 'PASS_RESULT_IS_STATIC';

/** Collects findings while a definition is walked. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];

  error(code: DiagnosticCode, message: string, location?: string): void {
    this.diagnostics.push({ severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) });
  }

  warning(code: WarningCode, message: string, location: string): void {
    this.diagnostics.push({ severity: 'WARNING', code, message, location });
  }

  /** A field that is not known where it is. */
  unsupported(field: string, location: string): void {
    this.schema(`Field '${field}' is not supported`, location);
  }

  /** Fields that are not there, and have to be. */
  required(fields: readonly string[], location: string): void {
    if (fields.length > 0) {
      this.schema(`These fields are required: [${fields.join(', ')}]`, location);
    }
  }

  /** The commonest finding. */
  schema(message: string, location: string): void {
    this.error('SCHEMA_VALIDATION_FAILED', message, location);
  }
}
