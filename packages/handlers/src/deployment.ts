import { join } from 'node:path';
import { FUNCTIONS, type FunctionEnvironment, type FunctionName } from '@workflows/contract';

/** How a function of this package is deployed: everything but its name in AWS. */
export const deploymentOf = <Name extends FunctionName>(name: Name, environment: FunctionEnvironment<Name>) => ({
  /** Folder with the built bundle. */
  bundle: join(__dirname, 'functions', name),
  timeoutSeconds: FUNCTIONS[name].timeoutSeconds,
  environment: { POWERTOOLS_SERVICE_NAME: name, ...(environment as Readonly<Record<string, string>>) },
});
