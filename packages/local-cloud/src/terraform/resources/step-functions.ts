import { ACCOUNT_ID, arnOf } from '../../account';
import { block, flag, number, oneOf, only, optional, tags, text } from '../arguments';
import { UnsupportedTerraformError } from '../errors';
import { resourceType } from '../resource-type';

const encryptionConfiguration = optional(
  block({
    type: optional(text),
    kms_key_id: optional(text),
    kms_data_key_reuse_period_seconds: optional(number),
  }),
);

export const stepFunctionsResources = [
  resourceType({
    type: 'aws_sfn_activity',
    arguments: {
      name: text,
      // Accepted without effect: nothing here is encrypted.
      encryption_configuration: encryptionConfiguration,
      tags: optional(tags),
    },
    create: async ({ name }, { cloud: { stepFunctions } }) => {
      const { activityArn, creationDate } = await stepFunctions.call('CreateActivity', { name });
      return { arn: activityArn, id: activityArn, creation_date: new Date(creationDate * 1000).toISOString() };
    },
  }),
  resourceType({
    type: 'aws_sfn_state_machine',
    generatesName: true,
    arguments: {
      definition: text,
      name: text,
      role_arn: text,
      encryption_configuration: encryptionConfiguration,
      logging_configuration: optional(
        block({
          include_execution_data: optional(flag),
          level: optional(oneOf(['ALL', 'ERROR', 'FATAL', 'OFF'])),
          log_destination: optional(text),
        }),
      ),
      publish: optional(only(false)),
      tags: optional(tags),
      // How long Terraform waits for AWS: here, everything is done at once.
      timeouts: optional(block({ create: optional(text), update: optional(text), delete: optional(text) })),
      tracing_configuration: optional(block({ enabled: optional(flag) })),
      type: optional(oneOf(['STANDARD', 'EXPRESS']), 'STANDARD'),
    },
    create: async ({ definition, name, role_arn, type }, { cloud: { iam, region, stepFunctions } }) => {
      iam.checkAssumable(role_arn, 'states.amazonaws.com', {
        'aws:sourceaccount': ACCOUNT_ID,
        'aws:sourcearn': arnOf('states', region, `stateMachine:${name}`),
      });
      const { stateMachineArn, creationDate } = await stepFunctions.call('CreateStateMachine', {
        name,
        definition,
        roleArn: role_arn,
        type,
      });
      // AWS would run them. A stack with a state that fails in every execution is told so before anything starts.
      const unsupported = stepFunctions.unsupportedStates(definition);
      if (unsupported.length > 0) {
        throw new UnsupportedTerraformError(unsupported.join('; '));
      }
      return {
        arn: stateMachineArn,
        id: stateMachineArn,
        creation_date: new Date(creationDate * 1000).toISOString(),
        status: 'ACTIVE',
      };
    },
  }),
];
