const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { RealClock } = require('../dist/clock');
const { allowEverything } = require('../dist/iam');
const { StepFunctionsService } = require('../dist/step-functions');

const ROLE_ARN = 'arn:aws:iam::000000000000:role/bench';

/** One of the state machines that the interpreter's benchmarks measure. */
const definitionOf = (name) => {
  const root = dirname(require.resolve('@workflows/states-language/package.json'));
  return readFileSync(join(root, 'bench', 'definitions', `${name}.asl.json`), 'utf8');
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
  const { stateMachineArn } = await service.call('CreateStateMachine', {
    name,
    roleArn: ROLE_ARN,
    definition: definitionOf(name),
  });
  return stateMachineArn;
};
