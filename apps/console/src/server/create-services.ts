import { PATTERNS } from '@workflows/contract';
import { createClients, ExecutionReader, type KnownOutputs, type Target, TaskReader } from '@workflows/inspector';
import { Follower } from './live/follower';
import { Hub } from './live/hub';
import { Inbox } from './live/inbox';
import { ExecutionCache } from './model/execution-cache';
import { ExecutionIndex } from './model/execution-index';
import { type ViewSources, waitingSignature } from './model/views';
import type { ServeOptions } from './options';
import type { Services } from './services';

/** Creates the services that the routes use. */
export function createServices(target: Target, options: ServeOptions): Services {
  const { outputs } = target;
  const clients = createClients(target);
  const reader = new ExecutionReader(clients.sfn);
  const tasks = outputs.tasksTable === undefined ? undefined : new TaskReader(clients.dynamodb, outputs.tasksTable);
  const workflow = outputs.workflowStateMachine;
  const pollIntervalMs = options.pollIntervalMs ?? (target.kind === 'local' ? 1000 : 5000);
  const cache = new ExecutionCache(
    reader,
    tasks === undefined || workflow === undefined ? undefined : { reader: tasks, stateMachineArn: workflow },
    options.events === undefined ? pollIntervalMs : undefined,
  );
  const hub = new Hub();
  const executionLimit = options.executionLimit ?? 10_000;
  const index = new ExecutionIndex(executionLimit);
  const machines = (options.allStateMachines ?? target.kind === 'local') ? [] : stateMachinesIn(outputs);
  const answersReason = answersReasonOf(target, options);
  const views: ViewSources = {
    reader,
    cache,
    index,
    outputs,
    externalService: externalServiceOf(options, outputs),
    answersAvailable: answersReason === undefined,
    now: Date.now,
  };
  const follower = new Follower({
    reader,
    index,
    cache,
    hub,
    ...(options.events === undefined ? {} : { events: options.events }),
    ...(workflow === undefined ? {} : { workflowArn: workflow }),
    ...(machines.length === 0 ? {} : { stateMachineArns: machines }),
    pollIntervalMs,
    waiting: () => waitingSignature(views),
    executionLimit,
  });
  const url = options.externalServiceUrl;
  const inbox = url === undefined ? undefined : new Inbox(url.endsWith('/') ? url : `${url}/`, hub, Date.now);
  return { ...views, target, clients, hub, follower, inbox, tasks, answersReason };
}

const stateMachinesIn = (outputs: KnownOutputs): string[] =>
  PATTERNS.flatMap(({ stateMachine }) => outputs[stateMachine] ?? []);

function answersReasonOf(target: Target, options: ServeOptions): string | undefined {
  if (target.outputs.workflowApi === undefined) {
    return 'The outputs contain no workflow API to call back.';
  }
  if (options.allowAnswers ?? target.kind === 'local') {
    return undefined;
  }
  return 'On AWS the console cannot answer as the external service, unless you start it with --allow-answers.';
}

function externalServiceOf(options: ServeOptions, outputs: KnownOutputs): string {
  if (options.manual === true) {
    return 'you';
  }
  return (
    options.externalServiceUrl ??
    (outputs.serviceApi === undefined ? 'the external service' : 'the mock external service')
  );
}

/** Ends everything that works in the background. */
export function closeServices(services: Services): void {
  services.follower.close();
  services.inbox?.close();
  services.clients.close();
}
