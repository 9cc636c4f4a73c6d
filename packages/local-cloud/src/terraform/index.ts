export { applyStack, type Outputs } from './apply';
export { UnsupportedTerraformError } from './errors';
export { readStacks, type Stack } from './stack';
