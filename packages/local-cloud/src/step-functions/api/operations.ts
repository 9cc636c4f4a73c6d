import * as activities from './activities';
import * as aliases from './aliases';
import * as executions from './executions';
import { GetExecutionHistory } from './history';
import * as mapRuns from './map-runs';
import * as startExecution from './start-execution';
import * as stateMachines from './state-machines';
import * as tags from './tags';
import * as taskTokens from './task-tokens';
import { TestState } from './test-state';
import { ValidateStateMachineDefinition } from './validate-definition';
import * as versions from './versions';

/** Every operation that the service implements, by its name on the wire. */
export const OPERATIONS = {
  CreateStateMachine: stateMachines.CreateStateMachine,
  UpdateStateMachine: stateMachines.UpdateStateMachine,
  DescribeStateMachine: stateMachines.DescribeStateMachine,
  DeleteStateMachine: stateMachines.DeleteStateMachine,
  ListStateMachines: stateMachines.ListStateMachines,
  ValidateStateMachineDefinition,
  PublishStateMachineVersion: versions.PublishStateMachineVersion,
  ListStateMachineVersions: versions.ListStateMachineVersions,
  DeleteStateMachineVersion: versions.DeleteStateMachineVersion,
  CreateStateMachineAlias: aliases.CreateStateMachineAlias,
  UpdateStateMachineAlias: aliases.UpdateStateMachineAlias,
  DescribeStateMachineAlias: aliases.DescribeStateMachineAlias,
  DeleteStateMachineAlias: aliases.DeleteStateMachineAlias,
  ListStateMachineAliases: aliases.ListStateMachineAliases,
  StartExecution: startExecution.StartExecution,
  StartSyncExecution: startExecution.StartSyncExecution,
  StopExecution: executions.StopExecution,
  DescribeExecution: executions.DescribeExecution,
  DescribeStateMachineForExecution: executions.DescribeStateMachineForExecution,
  ListExecutions: executions.ListExecutions,
  RedriveExecution: executions.RedriveExecution,
  GetExecutionHistory,
  CreateActivity: activities.CreateActivity,
  DescribeActivity: activities.DescribeActivity,
  ListActivities: activities.ListActivities,
  DeleteActivity: activities.DeleteActivity,
  GetActivityTask: activities.GetActivityTask,
  DescribeMapRun: mapRuns.DescribeMapRun,
  ListMapRuns: mapRuns.ListMapRuns,
  UpdateMapRun: mapRuns.UpdateMapRun,
  SendTaskSuccess: taskTokens.SendTaskSuccess,
  SendTaskFailure: taskTokens.SendTaskFailure,
  SendTaskHeartbeat: taskTokens.SendTaskHeartbeat,
  TestState,
  TagResource: tags.TagResource,
  UntagResource: tags.UntagResource,
  ListTagsForResource: tags.ListTagsForResource,
} as const;

export type OperationName = keyof typeof OPERATIONS;

export type RequestOf<N extends OperationName> = Parameters<(typeof OPERATIONS)[N]['run']>[1];

export type ResponseOf<N extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[N]['run']>>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
