#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { simulate } from './command';
import { SIMULATE, withDefaults } from './options';

void main(SIMULATE, (values, { lifetime, stderr, stdout }) =>
  simulate(withDefaults(values, Date.now()), {
    stdout,
    stderr,
    isTerminal: process.stderr.isTTY === true,
    now: Date.now,
    signal: lifetime.signal,
  }),
);
