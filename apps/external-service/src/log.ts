/** What may be logged. Tokens and bodies are not among it. */
export interface LogFields {
  readonly id?: string;
  readonly outcome?: string;
  readonly kind?: string;
  readonly status?: number;
  readonly tries?: number;
  readonly error?: string;
}

export type Log = (message: string, fields: LogFields) => void;

/** One JSON object a line, as log services read it. */
export const jsonLog: Log = (message, fields) => {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), message, ...fields })}\n`);
};

/** One line for people. */
export const textLog: Log = (message, fields) => {
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(`${[new Date().toISOString().slice(11, 23), message, ...shown].join('  ')}\n`);
};
