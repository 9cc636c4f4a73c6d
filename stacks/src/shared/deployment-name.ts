import type { Config } from '../config/config';

/** What tells a deployment from every other in the account: first part of its resources' names, and of its state's place. */
export const deploymentName = ({ environment, namePrefix }: Config): string =>
  namePrefix === undefined ? environment : `${namePrefix}-${environment}`;
