import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** Where the logs of functions and APIs go: one file for each name below a folder, or nowhere. */
export class LogSink {
  readonly #streams = new Map<string, WriteStream>();

  readonly #directory: string | undefined;

  constructor(directory: string | undefined) {
    this.#directory = directory;

    if (directory !== undefined) {
      mkdirSync(directory, { recursive: true });
    }
  }

  write(name: string, text: string): void {
    if (this.#directory === undefined) {
      return;
    }
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = createWriteStream(join(this.#directory, `${name.replace(/[^\w.-]/g, '_')}.log`), { flags: 'a' });
      this.#streams.set(name, stream);
    }
    stream.write(text);
  }

  async close(): Promise<void> {
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    await Promise.all(streams.map((stream) => new Promise<void>((resolve) => stream.end(resolve))));
  }
}
