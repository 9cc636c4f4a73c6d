import { variableReferences } from '@workflows/states-language';
import type { Revision } from '../model';

/** A revision has no id before the first update. */
export function shownRevisionId({ id }: Revision): string | undefined {
  return id === 'INITIAL' ? undefined : id;
}

/** The settings of a revision, as every description of a state machine shows them. */
export function settings(revision: Revision, includedData: 'ALL_DATA' | 'METADATA_ONLY' | undefined) {
  return {
    // The API requires a definition in the answer: without one, AWS gives an empty object.
    definition: includedData === 'METADATA_ONLY' ? '{}' : revision.definition,
    roleArn: revision.roleArn,
    loggingConfiguration: revision.loggingConfiguration,
    tracingConfiguration: revision.tracingConfiguration,
    encryptionConfiguration: revision.encryptionConfiguration,
    ...references(revision, includedData),
  };
}

function references({ definition }: Revision, includedData: 'ALL_DATA' | 'METADATA_ONLY' | undefined) {
  const found = includedData === 'METADATA_ONLY' ? {} : variableReferences(definition);
  return Object.keys(found).length === 0 ? {} : { variableReferences: found };
}
