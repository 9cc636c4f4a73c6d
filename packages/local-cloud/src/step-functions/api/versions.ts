import type { ServiceContext } from '../context';
import { operation, seconds } from '../context';
import { conflict, quotaExceeded } from '../errors';
import * as members from '../members';
import type { StateMachine, Version } from '../model';
import { newestFirstPageOf } from '../paging';
import { optional, string, structure } from '../shapes';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_VERSIONS = 1000;

/** Publishes the state machine as it stands; publishing the same revision again answers with the same version. */
export function publishVersion(context: ServiceContext, machine: StateMachine, description?: string): Version {
  const latest = machine.versions.get(machine.lastVersion);
  if (latest?.revision === machine.revision) {
    return latest;
  }
  if (machine.versions.size >= MAX_VERSIONS) {
    throw quotaExceeded(`A state machine has at most ${MAX_VERSIONS} versions. Delete one before publishing another.`);
  }
  machine.lastVersion++;
  const version: Version = {
    number: machine.lastVersion,
    arn: `${machine.arn}:${machine.lastVersion}`,
    revision: machine.revision,
    description,
    createdMs: context.clock.now(),
  };
  machine.versions.set(version.number, version);
  return version;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html */
export const PublishStateMachineVersion = operation({
  request: structure({
    stateMachineArn: members.arn,
    revisionId: optional(string()),
    description: optional(members.description),
  }),
  resource: ({ stateMachineArn }) => stateMachineArn,
  run(context, request) {
    const machine = context.machines.getUnqualified(request.stateMachineArn);
    const { revisionId } = request;
    if (revisionId !== undefined && revisionId !== machine.revision.id) {
      throw conflict(
        `Failed to publish the State Machine version for revision ${revisionId}. ` +
          `The current State Machine revision is ${machine.revision.id}.`,
      );
    }
    const version = publishVersion(context, machine, request.description);
    return { creationDate: seconds(version.createdMs), stateMachineVersionArn: version.arn };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html */
export const ListStateMachineVersions = operation({
  request: structure({ stateMachineArn: members.arn, ...members.page }),
  resource: ({ stateMachineArn }) => stateMachineArn,
  run(context, request) {
    const machine = context.machines.get(request.stateMachineArn);
    const page = newestFirstPageOf([...machine.versions.values()], () => true, request, ['versions', machine.arn]);
    return {
      stateMachineVersions: page.items.map((version) => ({
        stateMachineVersionArn: version.arn,
        creationDate: seconds(version.createdMs),
      })),
      nextToken: page.nextToken,
    };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html */
export const DeleteStateMachineVersion = operation({
  request: structure({ stateMachineVersionArn: members.longArn }),
  resource: ({ stateMachineVersionArn }) => stateMachineVersionArn,
  run(context, { stateMachineVersionArn: arn }) {
    const found = context.machines.findVersion(arn);
    if (found === undefined) {
      return {};
    }
    const aliases = [...found.machine.aliases.values()].filter((alias) =>
      alias.routing.some((route) => route.stateMachineVersionArn === arn),
    );
    if (aliases.length > 0) {
      throw conflict(
        'Version to be deleted must not be referenced by an alias. ' +
          `Current list of aliases referencing this version: [${aliases.map((alias) => alias.name).join(', ')}]`,
      );
    }
    found.machine.versions.delete(found.version.number);
    return {};
  },
});
