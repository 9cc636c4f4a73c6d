import type { Revision } from '../model';

/** The settings of a revision, as every description of a state machine shows them. */
export function settings(revision: Revision, includedData: 'ALL_DATA' | 'METADATA_ONLY' | undefined) {
  return {
    definition: includedData === 'METADATA_ONLY' ? undefined : revision.definition,
    roleArn: revision.roleArn,
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    encryptionConfiguration: revision.encryptionConfiguration,
  };
}
