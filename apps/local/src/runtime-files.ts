import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { LocalCloud } from '@workflows/local-cloud';

/** A runtime on this machine responds immediately, unless it is very busy. */
const ANSWERS_WITHIN_MS = 2000;

/** The files by which others find the runtime. They exist while it serves. */
export class RuntimeFiles {
  #written: string | undefined;

  constructor(readonly directory: string) {}

  get outDir(): string {
    return join(this.directory, 'cdktf.out');
  }

  get logsDir(): string {
    return join(this.directory, 'logs');
  }

  get outputs(): string {
    return join(this.directory, 'outputs.json');
  }

  get environment(): string {
    return join(this.directory, 'aws.env');
  }

  /**
   * The endpoint of another runtime that serves from this directory now. The files of one that was killed stay behind,
   * but nothing answers there any more.
   */
  async servedBy(): Promise<string | undefined> {
    const endpoint = existsSync(this.environment)
      ? parseEnv(readFileSync(this.environment, 'utf8')).AWS_ENDPOINT_URL
      : undefined;
    if (endpoint === undefined) {
      return undefined;
    }
    const answers = await fetch(endpoint, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(
      () => true,
      () => false,
    );
    return answers ? endpoint : undefined;
  }

  /** Removes the logs of an earlier run. Not before the ports are ours: another run may still be writing them. */
  removeOldLogs(): void {
    mkdirSync(this.logsDir, { recursive: true });
    for (const name of readdirSync(this.logsDir)) {
      rmSync(join(this.logsDir, name), { force: true });
    }
  }

  /** `outputs.json` is written last: once it exists, everything is ready to use. */
  write(cloud: LocalCloud): void {
    const { accessKeyId, secretAccessKey } = cloud.credentials;
    const variables = {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    this.#written = lines.join('');
    writeFileSync(this.environment, this.#written);
    writeFileSync(this.outputs, `${JSON.stringify(cloud.outputs, null, 2)}\n`);
  }

  /** Leaves the files of another run alone. */
  remove(): void {
    if (this.#written === undefined || !existsSync(this.environment)) {
      return;
    }
    if (readFileSync(this.environment, 'utf8') !== this.#written) {
      return;
    }
    for (const file of [this.outputs, this.environment]) {
      rmSync(file, { force: true });
    }
  }
}
