/** The account that everything on this machine belongs to. */
export const ACCOUNT_ID = '000000000000';
export const PARTITION = 'aws';

/** An ARN in the local account. IAM's have no region. */
export function arnOf(service: string, region: string, resource: string): string {
  return `arn:${PARTITION}:${service}:${region}:${ACCOUNT_ID}:${resource}`;
}
