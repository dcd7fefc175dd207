export { fromPlan, mayBePlan, type PlanEvaluation } from './from-plan.ts';
export { withPositions } from './with-positions.ts';
