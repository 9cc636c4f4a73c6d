import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { stateMachineArn } from '../arns';
import { operation, type ServiceContext, seconds } from '../context';
import { missingRequiredParameter, stateMachineAlreadyExists, validationException } from '../errors';
import * as members from '../members';
import type { Revision, StateMachine } from '../model';
import { checkName } from '../names';
import { pageByName } from '../paging';
import { compileRevision } from '../revisions';
import { boolean, optional, structure } from '../shapes';
import { settings, shownRevisionId } from './settings';
import { addTags } from './tags';
import { publishVersion } from './versions';

const CONFIGURATIONS = {
  loggingConfiguration: optional(members.loggingConfiguration),
  tracingConfiguration: optional(members.tracingConfiguration),
  encryptionConfiguration: optional(members.encryptionConfiguration),
};
const PUBLICATION = { publish: optional(boolean()), versionDescription: optional(members.description) };

/**
 * Creates a state machine. Creating it again with the same name and the same definition, type, configurations and
 * publication answers as the first time, whatever role and tags the repetition names.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 */
export const CreateStateMachine = operation({
  request: structure({
    name: members.name,
    definition: members.definition,
    roleArn: members.arn,
    type: optional(members.stateMachineType),
    ...CONFIGURATIONS,
    tags: optional(members.tags),
    ...PUBLICATION,
  }),
  run(context, request, caller) {
    checkName(request.name);
    const { type = 'STANDARD', publish = false, versionDescription } = request;
    if (versionDescription !== undefined && !publish) {
      throw validationException('Version description can only be set when publish is true');
    }
    const arn = stateMachineArn(context.at, request.name);
    context.authorizer.authorize(caller, 'states:CreateStateMachine', arn);
    const revision = compileRevision(context, { ...request, id: 'INITIAL', type });
    const publishedAtCreation = publish ? { description: versionDescription } : undefined;
    const existing = context.machines.find(arn);
    if (existing !== undefined) {
      if (!isSameCreation(existing, revision, type, publishedAtCreation)) {
        throw stateMachineAlreadyExists(arn);
      }
      return created(existing);
    }
    const machine: StateMachine = {
      arn,
      name: request.name,
      type,
      createdMs: context.clock.now(),
      status: 'ACTIVE',
      revision,
      versions: new Map(),
      lastVersion: 0,
      aliases: new Map(),
      tags: new Map(),
      running: 0,
      publishedAtCreation,
    };
    addTags(machine, request.tags ?? []);
    context.machines.add(machine);
    if (publish) {
      publishVersion(context, machine, versionDescription);
    }
    return created(machine);
  },
});

function created(machine: StateMachine) {
  return {
    stateMachineArn: machine.arn,
    creationDate: seconds(machine.createdMs),
    stateMachineVersionArn: machine.publishedAtCreation === undefined ? undefined : machine.versions.get(1)?.arn,
  };
}

function isSameCreation(
  existing: StateMachine,
  revision: Revision,
  type: StateMachine['type'],
  publishedAtCreation: StateMachine['publishedAtCreation'],
): boolean {
  const identity = (of: Revision) => ({ ...settingsOf(of), roleArn: undefined });
  return (
    existing.status === 'ACTIVE' &&
    existing.type === type &&
    isDeepStrictEqual(identity(existing.revision), identity(revision)) &&
    isDeepStrictEqual(existing.publishedAtCreation, publishedAtCreation)
  );
}

/** What makes a revision another one. */
function settingsOf(revision: Revision) {
  const { definition, encryptionConfiguration, loggingConfiguration, roleArn, tracingConfiguration } = revision;
  return { definition, encryptionConfiguration, loggingConfiguration, roleArn, tracingConfiguration };
}

/**
 * Updates a state machine. An update that changes nothing makes neither a revision nor a version.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 */
export const UpdateStateMachine = operation({
  request: structure({
    stateMachineArn: members.arn,
    definition: optional(members.definition),
    roleArn: optional(members.arn),
    ...CONFIGURATIONS,
    ...PUBLICATION,
  }),
  resource: ({ stateMachineArn: arn }) => arn,
  run(context, request) {
    const { stateMachineArn: arn, publish = false, versionDescription, ...changes } = request;
    const machine = context.machines.getUnqualified(arn);
    if (Object.keys(changes).length === 0) {
      throw missingRequiredParameter(
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    }
    if (versionDescription !== undefined && !publish) {
      throw validationException('Version description can only be set when publish is true');
    }
    const revision = compileRevision(context, {
      ...machine.revision,
      ...changes,
      id: randomUUID(),
      name: machine.name,
      type: machine.type,
    });
    if (!isDeepStrictEqual(settingsOf(revision), settingsOf(machine.revision))) {
      machine.revision = revision;
    }
    return {
      updateDate: seconds(revision.updatedMs),
      revisionId: shownRevisionId(machine.revision),
      stateMachineVersionArn: publish ? publishVersion(context, machine, versionDescription).arn : undefined,
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const DescribeStateMachine = operation({
  request: structure({ stateMachineArn: members.arn, includedData: optional(members.includedData) }),
  resource: ({ stateMachineArn: arn }) => arn,
  run(context, request) {
    const { stateMachineArn: arn, includedData } = request;
    const machine = context.machines.get(arn);
    const version = arn === machine.arn ? undefined : describedVersion(context, arn);
    const revision = version?.revision ?? machine.revision;
    return {
      stateMachineArn: version?.arn ?? machine.arn,
      name: machine.name,
      status: machine.status,
      type: machine.type,
      creationDate: seconds(version?.createdMs ?? machine.createdMs),
      ...settings(revision, includedData),
      revisionId: shownRevisionId(revision),
      description: version?.description,
    };
  },
});

/** An alias describes the version that it routes to first. */
function describedVersion(context: ServiceContext, arn: string) {
  const routed = context.machines.findAlias(arn)?.alias.routing[0]?.stateMachineVersionArn;
  return context.machines.findVersion(routed ?? arn)?.version;
}

/**
 * Deletes a state machine once its executions have ended; those still running end, aborted, at their next transition.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
export const DeleteStateMachine = operation({
  request: structure({ stateMachineArn: members.arn }),
  resource: ({ stateMachineArn }) => stateMachineArn,
  run(context, request) {
    const machine = context.machines.find(request.stateMachineArn);
    if (machine === undefined) {
      context.machines.checkDeletable(request.stateMachineArn);
      return {};
    }
    machine.status = 'DELETING';
    if (machine.running === 0) {
      context.machines.remove(machine);
    }
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export const ListStateMachines = operation({
  request: structure(members.page),
  resource: () => '*',
  run(context, request) {
    const page = pageByName(context.machines.all(), request, 'state machines');
    return {
      stateMachines: page.items.map((machine) => ({
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        creationDate: seconds(machine.createdMs),
      })),
      nextToken: page.nextToken,
    };
  },
});
