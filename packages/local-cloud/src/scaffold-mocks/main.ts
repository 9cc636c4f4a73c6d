#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { SCAFFOLD_MOCKS, scaffoldMocksCommand } from './command';

void main(SCAFFOLD_MOCKS, scaffoldMocksCommand);
