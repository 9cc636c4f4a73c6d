import type { Config } from '../config/config';

/** The unique name of a deployment in an account: prefix of its resource names and of its state key. */
export const deploymentName = ({ environment, namePrefix }: Config): string =>
  namePrefix === undefined ? environment : `${namePrefix}-${environment}`;
