import type { ErrorDocument } from './protocol';

/** What Lambda's Node.js runtime makes of a thrown value. */
export function toErrorDocument(thrown: unknown): ErrorDocument {
  if (isError(thrown)) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** Not `instanceof`: an error may come from another realm. */
function isError(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]' || value instanceof Error;
}
