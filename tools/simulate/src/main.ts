#!/usr/bin/env node
import { runCommand } from './command';

// A reader that has gone (`pnpm simulate … | head`) is no failure.
process.stdout.on('error', () => process.exit(0));

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());

void runCommand(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  now: Date.now,
  signal: interruption.signal,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
