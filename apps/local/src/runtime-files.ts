import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalCloud } from '@workflows/local-cloud';

/** The files by which others find the runtime. They exist while it serves. */
export class RuntimeFiles {
  #written = false;

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

  /** Removes the logs of an earlier run. Not before the ports are ours: another run may still be writing them. */
  removeOldLogs(): void {
    mkdirSync(this.logsDir, { recursive: true });
    for (const name of readdirSync(this.logsDir)) rmSync(join(this.logsDir, name), { force: true });
  }

  /** `outputs.json` comes last: whoever waits for it may use everything. */
  write(cloud: LocalCloud): void {
    this.#written = true;
    const { accessKeyId, secretAccessKey } = cloud.credentials;
    const variables = {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(this.environment, lines.join(''));
    writeFileSync(this.outputs, `${JSON.stringify(cloud.outputs, null, 2)}\n`);
  }

  /** Leaves the files of another run alone. */
  remove(): void {
    if (!this.#written) return;
    for (const file of [this.outputs, this.environment]) rmSync(file, { force: true });
  }
}
