import type { PriceTable } from './prices';
import type { Usage } from './usage';

/** Dollars for a million runs, by what is billed. */
export interface Cost {
  readonly stepFunctions: number;
  readonly apiGateway: number;
  readonly lambda: number;
  readonly dynamoDb: number;
  readonly cloudWatch: number;
}

const RUNS = 1_000_000;
const MEMORY_GB = 0.25;
const RECORD_GB = 2 / (1024 * 1024);
/** What a function writes of one request, and the access log of it: one JSON line each. */
const OWN_LOG_BYTES = 500;
const GB = 1024 ** 3;

/** Prices a million runs. */
export function costOf(usage: Usage, { prices, assumptions }: PriceTable): Cost {
  const { invocations, httpApiRequests, executions } = usage;
  const gbSeconds = (assumptions.lambdaMilliseconds.value / 1000) * MEMORY_GB;
  const logBytes = invocations * (assumptions.platformLogBytes.value + OWN_LOG_BYTES) + httpApiRequests * OWN_LOG_BYTES;
  const traces = (executions + httpApiRequests) * assumptions.sampledTraces.value;
  return {
    stepFunctions: RUNS * usage.stateTransitions * prices.stateTransition.usd,
    apiGateway: RUNS * httpApiRequests * prices.httpApiRequest.usd,
    lambda: RUNS * invocations * (prices.lambdaRequest.usd + gbSeconds * prices.lambdaGbSecond.usd),
    dynamoDb:
      RUNS *
      (usage.dynamoDbWrites * assumptions.writeUnits.value * prices.dynamoDbWriteUnit.usd +
        usage.dynamoDbReads * assumptions.readUnits.value * prices.dynamoDbReadUnit.usd +
        usage.records * RECORD_GB * assumptions.recordMonths.value * prices.dynamoDbGbMonth.usd),
    cloudWatch: RUNS * ((logBytes / GB) * prices.logGb.usd + traces * prices.trace.usd),
  };
}

export const totalOf = (cost: Cost): number => Object.values(cost).reduce((sum, part) => sum + part, 0);
