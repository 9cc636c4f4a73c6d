import { isDeepStrictEqual } from 'node:util';
import { parseStateMachineArn } from '../arns';
import { operation, type ServiceContext, seconds } from '../context';
import { conflict, quotaExceeded, resourceNotFound, validationException } from '../errors';
import * as members from '../members';
import type { Alias, RoutingConfiguration, StateMachine } from '../model';
import { pageOf } from '../paging';
import { optional, structure } from '../shapes';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_ALIASES = 100;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html */
export const CreateStateMachineAlias = operation({
  request: structure({
    name: members.aliasName,
    description: optional(members.description),
    routingConfiguration: members.routingConfiguration,
  }),
  run(context, request, caller) {
    const { name, description, routingConfiguration: routing } = request;
    const machine = routedMachine(context, routing);
    context.authorizer.authorize(caller, 'states:CreateStateMachineAlias', machine.arn);
    const existing = machine.aliases.get(name);
    if (existing !== undefined) {
      if (existing.description !== description || !isDeepStrictEqual(existing.routing, routing)) {
        throw conflict(
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
        );
      }
      return { stateMachineAliasArn: existing.arn, creationDate: seconds(existing.createdMs) };
    }
    if (machine.aliases.size >= MAX_ALIASES) {
      throw quotaExceeded(`A state machine has at most ${MAX_ALIASES} aliases. Delete one before creating another.`);
    }
    const createdMs = context.clock.now();
    const alias: Alias = {
      name,
      arn: `${machine.arn}:${name}`,
      description,
      routing,
      createdMs,
      updatedMs: createdMs,
    };
    machine.aliases.set(name, alias);
    return { stateMachineAliasArn: alias.arn, creationDate: seconds(createdMs) };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html */
export const UpdateStateMachineAlias = operation({
  request: structure({
    stateMachineAliasArn: members.arn,
    description: optional(members.description),
    routingConfiguration: optional(members.routingConfiguration),
  }),
  resource: ({ stateMachineAliasArn }) => stateMachineAliasArn,
  run(context, request) {
    const { description, routingConfiguration: routing } = request;
    if (description === undefined && routing === undefined) {
      throw validationException('Either the description or the routing configuration must be specified');
    }
    const { alias, machine } = getAlias(context, request.stateMachineAliasArn);
    if (routing !== undefined) {
      if (routedMachine(context, routing) !== machine) {
        throw validationException('An alias routes to versions of its own state machine only');
      }
      alias.routing = routing;
    }
    alias.description = description ?? alias.description;
    alias.updatedMs = context.clock.now();
    return { updateDate: seconds(alias.updatedMs) };
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html */
export const DescribeStateMachineAlias = operation({
  request: structure({ stateMachineAliasArn: members.arn }),
  resource: ({ stateMachineAliasArn }) => stateMachineAliasArn,
  run(context, request) {
    const { alias } = getAlias(context, request.stateMachineAliasArn);
    return {
      stateMachineAliasArn: alias.arn,
      name: alias.name,
      description: alias.description,
      routingConfiguration: alias.routing,
      creationDate: seconds(alias.createdMs),
      updateDate: seconds(alias.updatedMs),
    };
  },
});

/**
 * Deletes an alias. One that is not there is deleted already.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineAlias.html
 */
export const DeleteStateMachineAlias = operation({
  request: structure({ stateMachineAliasArn: members.arn }),
  resource: ({ stateMachineAliasArn }) => stateMachineAliasArn,
  run(context, request) {
    const found = context.machines.findAlias(request.stateMachineAliasArn);
    found?.machine.aliases.delete(found.alias.name);
    return {};
  },
});

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineAliases.html */
export const ListStateMachineAliases = operation({
  request: structure({ stateMachineArn: members.arn, ...members.page }),
  resource: ({ stateMachineArn }) => stateMachineArn,
  run(context, request) {
    const { stateMachineArn } = request;
    const machine = context.machines.get(stateMachineArn);
    const aliases = [...machine.aliases.values()].filter(
      (alias) =>
        stateMachineArn === machine.arn ||
        alias.routing.some((route) => route.stateMachineVersionArn === stateMachineArn),
    );
    const page = pageOf(aliases, request, ['aliases', stateMachineArn]);
    return {
      stateMachineAliases: page.items.map((alias) => ({
        stateMachineAliasArn: alias.arn,
        creationDate: seconds(alias.createdMs),
      })),
      nextToken: page.nextToken,
    };
  },
});

function getAlias(context: ServiceContext, arn: string): { machine: StateMachine; alias: Alias } {
  const found = context.machines.findAlias(arn);
  if (found === undefined) {
    throw resourceNotFound();
  }
  return found;
}

/** @throws {AwsError} `InvalidArn`, `ValidationException`, `ResourceNotFound` */
function routedMachine(context: ServiceContext, routing: RoutingConfiguration): StateMachine {
  const arns = routing.map((route) => route.stateMachineVersionArn);
  if (!arns.every(isVersionArn)) {
    throw routingError('contain state machine version ARNs', arns);
  }
  if (new Set(arns).size < arns.length) {
    throw routingError('contain distinct state machine version ARNs', arns);
  }
  const weights = routing.map((route) => route.weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw validationException(`Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`);
  }
  const machines = new Set(
    arns.map((arn) => {
      const found = context.machines.findVersion(arn);
      if (found === undefined) {
        throw resourceNotFound();
      }
      return found.machine;
    }),
  );
  const [machine] = machines;
  if (machine === undefined || machines.size > 1) {
    throw routingError('contain versions of one state machine', arns);
  }
  return machine;
}

const routingError = (demand: string, arns: readonly string[]): Error =>
  validationException(`Routing configuration must ${demand}. Received: [${arns.join(', ')}]`);

const isVersionArn = (arn: string): boolean => /^\d+$/.test(parseStateMachineArn(arn).qualifier ?? '');
