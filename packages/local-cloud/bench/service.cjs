const { RealClock } = require('../dist/clock');
const { allowEverything } = require('../dist/iam');
const { StepFunctionsService } = require('../dist/step-functions');

const ROLE_ARN = 'arn:aws:iam::000000000000:role/bench';

/** The three state machines that are measured. */
exports.DEFINITIONS = {
  pass3: {
    StartAt: 'A',
    States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Pass', End: true } },
  },
  map8: {
    StartAt: 'M',
    States: {
      M: {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'P',
          States: { P: { Type: 'Pass', Parameters: { 'added.$': 'States.MathAdd($, 7)' }, End: true } },
        },
        End: true,
      },
    },
  },
  callback: {
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: 3600,
        Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
        End: true,
      },
    },
  },
};

/** A service whose functions answer at once. */
exports.startService = () =>
  new StepFunctionsService({
    clock: new RealClock(),
    authorizer: allowEverything,
    functions: { invoke: async () => ({ payload: '{}' }) },
  });

/** @returns {Promise<string>} the ARN of a new state machine */
exports.createMachine = async (service, name) => {
  const definition = JSON.stringify(exports.DEFINITIONS[name]);
  const { stateMachineArn } = await service.call('CreateStateMachine', { name, roleArn: ROLE_ARN, definition });
  return stateMachineArn;
};
