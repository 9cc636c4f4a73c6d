#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { withProgress } from '../context';
import { DEPLOY } from '../deploy/options';
import { runDeploy } from '../deploy/run-deploy';
import { findWorkspace } from '../workspace';

void main(DEPLOY, (options, context) => runDeploy(withProgress(context), options, findWorkspace(__dirname)));
