#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who reads a timeline.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { main } from '@workflows/command-line';
import { EXPLAIN, explainCommand } from './command';

const colors = process.stdout.isTTY === true && !process.env.NO_COLOR;
const screen = { colors, width: process.stdout.columns ?? 120, root: process.cwd(), now: Date.now };

void main(EXPLAIN, (values, context) => explainCommand(values, { ...context, ...screen }));
