/** Where things are in this repository. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandError } from '@workflows/command-line';

const MARKER = 'pnpm-workspace.yaml';

export interface Workspace {
  readonly root: string;
  /** What the commands write, ignored by git. */
  readonly local: string;
  /** What of that is this package's: logs, synthesized stacks, states. */
  readonly scratch: string;
  /** The built CDKTF app. */
  readonly app: string;
}

/**
 * Finds the workspace around a directory.
 *
 * @throws {CommandError} when there is none above the directory
 */
export function findWorkspace(from: string): Workspace {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, MARKER))) {
      return {
        root: directory,
        local: join(directory, '.local'),
        scratch: join(directory, '.local', 'terraform'),
        app: join(directory, 'stacks', 'dist', 'main.js'),
      };
    }
    if (directory === dirname(directory)) {
      throw new CommandError(
        `${from} and its parent folders contain no ${MARKER}. Run this command inside the repository.`,
      );
    }
  }
}
