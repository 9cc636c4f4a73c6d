import { UnsupportedError } from '../unsupported-error';

/** A stack that cannot be loaded. The message is one line that names the stack, the address and what would be supported. */
export class UnsupportedTerraformError extends UnsupportedError {
  override readonly name = 'UnsupportedTerraformError';
}
