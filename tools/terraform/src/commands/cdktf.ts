#!/usr/bin/env node
/** `cdktf` for this repository: the same command, with providers from disk where they are there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { passThroughMain } from '@workflows/command-line';
import { cdktfProgram } from '../deploy/cdktf';
import { setUpProviders } from '../terraform/cli-config';
import { appEnvironment, merge } from '../terraform/environment';
import { readStacks, requiredProviders } from '../terraform/synthesis';
import { findWorkspace } from '../workspace';

/** What is looked for when nothing was synthesized yet. */
const ANY_AWS = [{ source: 'hashicorp/aws', version: '>= 0' }];

void passThroughMain(async (args, { env, lifetime }) => {
  const { root, scratch } = findWorkspace(__dirname);
  const output = join(root, 'cdktf.out');
  const required = existsSync(join(output, 'manifest.json')) ? requiredProviders(readStacks(output)) : ANY_AWS;
  const providers = setUpProviders(required, { env, workingDirectory: root });
  lifetime.atEnd(providers.remove);
  mkdirSync(scratch, { recursive: true });
  // In this terminal and in its process group: it asks for approval, and gets Ctrl-C from the terminal itself.
  const child = spawn(process.execPath, [cdktfProgram(), ...args], {
    cwd: root,
    env: merge(appEnvironment(env), { CHECKPOINT_DISABLE: '1' }, providers.env),
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
});
