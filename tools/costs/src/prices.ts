import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const price = v.strictObject({
  usd: v.pipe(v.number(), v.minValue(0)),
  unit: v.string(),
  source: v.pipe(v.string(), v.url(), v.startsWith('https://aws.amazon.com/')),
});

const assumption = v.strictObject({ value: v.pipe(v.number(), v.minValue(0)), why: v.pipe(v.string(), v.nonEmpty()) });

/** `docs/prices.json`: what AWS asks, since when, and what no run on this machine can tell. */
const PriceTable = v.strictObject({
  region: v.string(),
  currency: v.literal('USD'),
  asOf: v.pipe(v.string(), v.isoDate()),
  note: v.string(),
  prices: v.strictObject({
    stateTransition: price,
    httpApiRequest: price,
    lambdaRequest: price,
    lambdaGbSecond: price,
    dynamoDbWriteUnit: price,
    dynamoDbReadUnit: price,
    dynamoDbGbMonth: price,
    logGb: price,
    trace: price,
  }),
  assumptions: v.strictObject({
    lambdaMilliseconds: assumption,
    writeUnits: assumption,
    readUnits: assumption,
    recordMonths: assumption,
    platformLogBytes: assumption,
    sampledTraces: assumption,
  }),
});

export type PriceTable = v.InferOutput<typeof PriceTable>;

/** The folder of the documents. */
export const DOCS = join(__dirname, '..', '..', '..', 'docs');

/** @throws when the file is not what it has to be */
export const readPrices = (): PriceTable =>
  v.parse(PriceTable, JSON.parse(readFileSync(join(DOCS, 'prices.json'), 'utf8')));
