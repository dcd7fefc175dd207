export { branchRulesOf, defaultBranchOf } from './branch-rules.ts';
export { mayHoldBranchRules } from './may-hold.ts';
