/** What an account or an emulator holds, by its own lists: how a run knows that it left nothing behind. */
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListStateMachines, SFNClient } from '@aws-sdk/client-sfn';
import { paginateListTopics, SNSClient } from '@aws-sdk/client-sns';

/** Names or ARNs of everything that exists, by kind. */
export type Inventory = ReadonlyMap<string, ReadonlySet<string>>;

export interface Account {
  readonly region: string;
  /** @default - AWS itself */
  readonly endpoint?: string;
  /** @default - the SDK's own chain */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const UNREADABLE = 'some, in an unreadable list';

/** Collects the names in every page. */
async function collect<Page>(
  pages: AsyncIterable<Page>,
  namesIn: (page: Page) => readonly (string | undefined)[] | undefined,
): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const page of pages) {
    for (const name of namesIn(page) ?? []) {
      names.add(name ?? '');
    }
  }
  return names;
}

/** Pages of a call that has no paginator in the SDK. */
async function* pages<Page extends { NextToken?: string | undefined }>(
  next: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined;
  do {
    const page = await next(token);
    yield page;
    token = page.NextToken;
  } while (token !== undefined && token !== '');
}

/**
 * MiniStack 1.5.33 dates dashboards in a format that the SDK refuses. An empty list has no dates, so a list that cannot be
 * read has something in it.
 */
async function unlessUnreadable(names: Promise<Set<string>>): Promise<Set<string>> {
  try {
    return await names;
  } catch (error) {
    // The SDK's mark of an answer that it got and could not parse; errors of the service have a fault.
    if (error instanceof Error && '$response' in error && !('$fault' in error)) {
      return new Set([UNREADABLE]);
    }
    throw error;
  }
}

const withToken = (NextToken: string | undefined) => (NextToken === undefined ? {} : { NextToken });

/** Lists every kind of resource that the stacks create. */
export async function takeInventory(account: Account): Promise<Inventory> {
  const lambda = new LambdaClient(account);
  const sfn = new SFNClient(account);
  const dynamodb = new DynamoDBClient(account);
  const apis = new ApiGatewayV2Client(account);
  const iam = new IAMClient(account);
  const logs = new CloudWatchLogsClient(account);
  const cloudwatch = new CloudWatchClient(account);
  const events = new EventBridgeClient(account);
  const sns = new SNSClient(account);
  const kinds: Readonly<Record<string, Promise<Set<string>>>> = {
    functions: collect(paginateListFunctions({ client: lambda }, {}), (it) =>
      it.Functions?.map((fn) => fn.FunctionName),
    ),
    'state machines': collect(paginateListStateMachines({ client: sfn }, {}), (it) =>
      it.stateMachines?.map((machine) => machine.name),
    ),
    tables: collect(paginateListTables({ client: dynamodb }, {}), (it) => it.TableNames),
    APIs: collect(
      pages((token) => apis.send(new GetApisCommand(withToken(token)))),
      (it) => it.Items?.map((api) => api.Name),
    ),
    roles: collect(paginateListRoles({ client: iam }, {}), (it) => it.Roles?.map((role) => role.RoleName)),
    'log groups': collect(paginateDescribeLogGroups({ client: logs }, {}), (it) =>
      it.logGroups?.map((group) => group.logGroupName),
    ),
    alarms: collect(paginateDescribeAlarms({ client: cloudwatch }, {}), (it) =>
      it.MetricAlarms?.map((alarm) => alarm.AlarmName),
    ),
    dashboards: unlessUnreadable(
      collect(paginateListDashboards({ client: cloudwatch }, {}), (it) =>
        it.DashboardEntries?.map((entry) => entry.DashboardName),
      ),
    ),
    rules: collect(
      pages((token) => events.send(new ListRulesCommand(withToken(token)))),
      (it) => it.Rules?.map((rule) => rule.Name),
    ),
    topics: collect(paginateListTopics({ client: sns }, {}), (it) => it.Topics?.map((topic) => topic.TopicArn)),
  };
  try {
    return new Map(await Promise.all(Object.entries(kinds).map(async ([kind, names]) => [kind, await names] as const)));
  } finally {
    for (const client of [lambda, sfn, dynamodb, apis, iam, logs, cloudwatch, events, sns]) {
      client.destroy();
    }
  }
}

/**
 * What is there now and was not there before.
 *
 * @param prefix - only names that contain it: others may use the same account at the same time
 */
export function leftovers(before: Inventory, after: Inventory, prefix: string): string[] {
  return [...after].flatMap(([kind, names]) =>
    [...names]
      .filter((name) => name.includes(prefix) && before.get(kind)?.has(name) !== true)
      .map((name) => `${kind}: ${name}`),
  );
}
