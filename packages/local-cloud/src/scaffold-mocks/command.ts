import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type CommandContext, CommandError, defineCommand, type ValuesOf } from '@workflows/command-line';
import { type Definition, validateDefinition } from '@workflows/states-language';
import { scaffoldMocks } from '../step-functions/mocks/scaffold';

export const SCAFFOLD_MOCKS = defineCommand({
  name: 'pnpm --silent --filter @workflows/local-cloud scaffold-mocks',
  description:
    'Prints a mock configuration for a state machine: a test case for the way to a successful end, and one for each\n' +
    'retrier and each catcher that can be reached. Each test case has been rehearsed.',
  options: {
    definition: {
      kind: 'text',
      valueName: 'file',
      positional: true,
      required: true,
      description: 'the definition in the Amazon States Language, as JSON',
    },
    name: {
      kind: 'text',
      description: 'name of the state machine',
      defaultDescription: "the file's, without .asl.json",
    },
    inputs: {
      kind: 'text',
      valueName: 'file',
      description: 'write the input that each test case was rehearsed with to this file, by test case',
    },
  },
  notes: `  … scaffold-mocks order.asl.json > MockConfigFile.json
  … serve --mocks MockConfigFile.json

What no test case reaches is named on the standard error.`,
  exitCodes: { 0: 'printed', 1: 'the definition cannot be read, or is not valid' },
});

export async function scaffoldMocksCommand(
  values: ValuesOf<typeof SCAFFOLD_MOCKS>,
  { env, stderr, stdout }: CommandContext,
): Promise<number> {
  // pnpm runs the command in the folder of its package.
  const at = (path: string) => resolve(env.INIT_CWD ?? '.', path);
  const definition = readDefinition(at(values.definition));
  const name = values.name ?? basename(values.definition).replace(/(\.asl)?\.json$/, '');
  const { configuration, inputs, unreached } = await scaffoldMocks(definition, name);
  if (values.inputs !== undefined) {
    writeFileSync(at(values.inputs), `${JSON.stringify(inputs, undefined, 2)}\n`);
  }
  stdout(`${JSON.stringify(configuration, undefined, 2)}\n`);
  for (const sentence of unreached) {
    stderr(`${sentence}\n`);
  }
  return 0;
}

function readDefinition(path: string): Definition {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(`The definition cannot be read: ${(error as Error).message}.`);
  }
  const { diagnostics, result } = validateDefinition(text);
  if (result !== 'OK') {
    const problems = diagnostics.map(({ location, message }) => `  ${location ?? ''} ${message}`);
    throw new CommandError(`${path} is not a valid definition:\n${problems.join('\n')}`);
  }
  return JSON.parse(text) as Definition;
}
