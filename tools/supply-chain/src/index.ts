export { findUnpinnedActions } from './actions';
export { checkLicences } from './licences';
export { readPolicy } from './policy';
export { readThreatModel } from './threat-model';
export { checkVulnerabilities } from './vulnerabilities';
