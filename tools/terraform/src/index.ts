export { KNOWN_DRIFT, type KnownDrift } from './deploy/known-drift';
export { type PlannedResource, type PlannedStack, plannedStack, readPlannedStacks } from './policy/planned-stack';
export { roleListing } from './policy/role-listing';
export { RULES, type Rule } from './policy/rules';
export { type RoleStatements, roleStatements, type Statement } from './policy/statements';
export { type PlanFile, type PlanSummary, parsePlan, summarize } from './terraform/plan-file';
