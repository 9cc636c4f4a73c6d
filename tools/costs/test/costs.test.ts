/** Proves that the documents say what runs use, and what that costs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costOf, totalOf } from '../src/cost';
import { DOCS, readPrices } from '../src/prices';
import { recordUsage } from '../src/record';
import { toMarkdown } from '../src/report';
import type { Usage } from '../src/usage';

jest.setTimeout(120_000);

const prices = readPrices();
let usages: readonly Usage[];

beforeAll(async () => {
  usages = await recordUsage();
});

describe('docs/costs.md', () => {
  it('is what running each pattern gives; write it anew with `pnpm costs`', () => {
    expect(readFileSync(join(DOCS, 'costs.md'), 'utf8')).toBe(toMarkdown(usages, prices));
  });
});

describe('README.md', () => {
  const readme = readFileSync(join(DOCS, '..', 'README.md'), 'utf8');

  it('names the price of a million callback workflows', () => {
    const callback = usages.find(({ pattern }) => pattern === 'Callback workflow');
    const cost = callback && costOf(callback, prices);
    const [, total, transitions] =
      /a million runs cost about \$(\d+), \$(\d+) of it for state transitions/.exec(readme) ?? [];

    expect([Number(total), Number(transitions)]).toEqual([
      Math.round(totalOf(cost ?? Object.create(null))),
      Math.round(cost?.stepFunctions ?? 0),
    ]);
  });
});

describe('costOf', () => {
  const nothing: Usage = {
    pattern: 'nothing',
    executions: 0,
    stateTransitions: 0,
    httpApiRequests: 0,
    invocations: 0,
    dynamoDbWrites: 0,
    dynamoDbReads: 0,
    records: 0,
    stepFunctionsCalls: {},
  };

  it('is nothing for nothing', () => {
    expect(totalOf(costOf(nothing, prices))).toBe(0);
  });

  it.each([
    ['stepFunctions', { stateTransitions: 1 }, 25],
    ['apiGateway', { httpApiRequests: 1 }, 1],
    // 0.2 for the requests, and 100 ms of 256 MB at 0.0000133334 a GB-second.
    ['lambda', { invocations: 1 }, 0.533335],
    ['dynamoDb', { dynamoDbWrites: 1 }, 1.875],
    ['dynamoDb', { dynamoDbReads: 1 }, 0.125],
  ] as const)('%s of a million times %j', (part, used, dollars) => {
    expect(costOf({ ...nothing, ...used }, prices)[part]).toBeCloseTo(dollars, 6);
  });
});
