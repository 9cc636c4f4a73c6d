/** A place to print to, such as `process.stderr`. */
interface Printer {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** @see https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters */
const STYLES = { red: 31, green: 32, dim: 2 } as const;

type Style = keyof typeof STYLES;

/** One line per step on stderr: stdout carries results only. Colour only where a person reads it. */
export class Progress {
  readonly #printer: Printer;
  readonly #colour: boolean;

  /** @param env - `NO_COLOR` switches colour off (https://no-color.org) */
  constructor(printer: Printer, env: NodeJS.ProcessEnv) {
    this.#printer = printer;
    this.#colour = printer.isTTY === true && (env.NO_COLOR ?? '') === '';
  }

  /** Runs a step and prints its name, how it ended and how long it took. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    if (this.#printer.isTTY === true) {
      this.#printer.write(this.style('dim', `… ${name}`));
    }
    const end = (mark: string, style: Style): void => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const clear = this.#printer.isTTY === true ? '\r\u001b[2K' : '';
      this.#printer.write(`${clear}${this.style(style, mark)} ${name} ${this.style('dim', `${seconds} s`)}\n`);
    };
    try {
      const result = await work();
      end('✓', 'green');
      return result;
    } catch (error) {
      end('✗', 'red');
      throw error;
    }
  }

  note(text: string): void {
    this.#printer.write(`  ${text}\n`);
  }

  problem(text: string): void {
    this.#printer.write(`${this.style('red', 'error')}: ${text}\n`);
  }

  style(style: Style, text: string): string {
    return this.#colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  }
}
