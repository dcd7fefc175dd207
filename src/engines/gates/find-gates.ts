import type { Facts } from '../../facts/index.ts';
import type { Job, Located, Step, Trigger, WorkflowFact } from '../../facts/workflow/types.ts';
import { holdsOnPullRequest } from './condition.ts';
import { mergeTriggers, runsForPullRequests } from './coverage.ts';
import { callsIn, type StepCall } from './invocations.ts';
import { isRequired, type CheckedJob } from './required.ts';
import { parseShell } from '../../lib/shell/ast.ts';
import { commandFates } from '../../lib/shell/fate.ts';
import type { Answer, Gate } from './types.ts';

/** A job with the workflow that triggers it; jobs of local reusable workflows stand under their caller. */
export interface TriggeredJob {
  readonly workflow: WorkflowFact;
  readonly checked: CheckedJob;
  /** Conditions of the callers, outermost first. */
  readonly conditions: readonly Located[];
  /** Environment of the workflow and the job, where it is written out. */
  readonly env: ReadonlyMap<string, string>;
  readonly shell: string | undefined;
}

/** Every call of a known scanner in any workflow, with what decides whether it stops a merge. */
export function findGates(facts: Facts, defaultBranch: string | undefined): Gate[] {
  return facts.workflow.flatMap((workflow) => {
    const triggers = mergeTriggers(workflow.triggers);
    return jobsOf(workflow, facts).flatMap((job) => gatesOf(job, triggers, facts, defaultBranch));
  });
}

/** The jobs of a workflow, with those of the local reusable workflows that they call. */
export function jobsOf(workflow: WorkflowFact, facts: Facts, depth = 0): TriggeredJob[] {
  const siblings: CheckedJob[] = [];
  for (const job of workflow.jobs) siblings.push({ job, check: checkName(job), siblings });
  return siblings.flatMap((checked) => {
    const { job } = checked;
    const called = job.uses?.text.startsWith('./') === true ? facts.workflow.find((other) => other.path === job.uses?.text.slice(2).split('@')[0]) : undefined;
    const own = { workflow, checked, conditions: job.condition === undefined ? [] : [job.condition], env: envOf(workflow, job), shell: job.defaultShell ?? workflow.defaultShell };
    if (called === undefined || depth > 3) return [own];
    return jobsOf(called, facts, depth + 1).map((inner) => ({
      ...inner,
      workflow,
      conditions: [...own.conditions, ...inner.conditions],
      // GitHub names the check of a called job `caller / called`.
      checked: { ...inner.checked, check: checked.check === undefined || inner.checked.check === undefined ? undefined : `${checked.check} / ${inner.checked.check}` },
    }));
  });
}

function checkName({ id, name }: Job): string | undefined {
  if (name === undefined) return id;
  return name.text.includes('${{') ? undefined : name.text;
}

function envOf(workflow: WorkflowFact, job: Job): ReadonlyMap<string, string> {
  return new Map([...workflow.env, ...job.env].map(([key, value]) => [key, value.text]));
}

function gatesOf(triggered: TriggeredJob, triggers: readonly Trigger[], facts: Facts, defaultBranch: string | undefined): Gate[] {
  const { workflow, checked, env, shell } = triggered;
  const { job } = checked;
  return expandSteps(job.steps, facts).flatMap(({ step, conditions }) => {
    const stepEnv = new Map([...env, ...[...step.env].map(([key, value]) => [key, value.text] as const)]);
    const calls = callsIn(step, stepEnv, step.shell ?? shell);
    return calls.map((found): Gate => {
      const subjects = found.call.tool.subjects(found.call);
      const runs = judgeRuns(workflow, triggers, [...triggered.conditions, ...conditions], defaultBranch);
      const fails = judgeFails(found, step, job);
      const required = isRequired(checked, facts['branch-rules'], defaultBranch);
      return { call: found.call, subjects, where: `${workflow.path} · ${job.id}`, workflow: workflow.path, triggers, parts: { runs, fails, required }, stops: weakest([runs, fails, required]) };
    });
  });
}

/** Steps of a job with those of local composite actions in their place. */
function expandSteps(steps: readonly Step[], facts: Facts, conditions: readonly Located[] = [], depth = 0): { step: Step; conditions: readonly Located[] }[] {
  return steps.flatMap((step) => {
    const inForce = step.condition === undefined ? conditions : [...conditions, step.condition];
    const local = step.uses?.text.startsWith('./') === true ? step.uses.text.slice(2).replace(/\/$/, '') : undefined;
    const action = local === undefined ? undefined : facts.action.find((fact) => fact.path.replace(/\/?action\.ya?ml$/, '') === local);
    if (action === undefined || depth > 3) return [{ step, conditions: inForce }];
    const inner = expandSteps(action.steps, facts, inForce, depth + 1);
    // A composite whose call may fail without consequence takes that from its caller.
    return inner.map((entry) => (step.continueOnError === undefined ? entry : { ...entry, step: { ...entry.step, continueOnError: step.continueOnError } }));
  });
}

function judgeRuns(workflow: WorkflowFact, triggers: readonly Trigger[], conditions: readonly Located[], defaultBranch: string | undefined): Answer {
  if (triggers.length === 0) {
    const events = workflow.triggers.map((trigger) => trigger.event);
    const onEveryPush = workflow.triggers.some((trigger) => trigger.event === 'push' && trigger.branches === undefined && trigger.tags === undefined && trigger.branchesIgnore === undefined);
    const why = `it runs on ${events.join(', ') || 'no event'} and not on pull_request`;
    return { answer: onEveryPush ? 'undecided' : 'no', why };
  }
  const byEvent = triggers.map((trigger) => runsForPullRequests(trigger, defaultBranch));
  const best = byEvent.find((answer) => answer.answer === 'yes') ?? byEvent.find((answer) => answer.answer === 'undecided') ?? byEvent[0];
  const event = triggers.some((trigger) => trigger.event === 'pull_request') ? 'pull_request' : 'merge_group';
  const conditional = conditions.map(({ text }): Answer => {
    const holds = holdsOnPullRequest(text, event);
    if (holds === true) return { answer: 'yes', why: 'its condition holds' };
    return holds === false ? { answer: 'no', why: `\`if: ${text}\` does not hold on a pull request` } : { answer: 'undecided', why: `\`if: ${text}\` cannot be judged` };
  });
  return weakest([best ?? { answer: 'no', why: 'no event' }, ...conditional]);
}

function judgeFails({ call, failsStep }: StepCall, step: Step, job: Job): Answer {
  const finds = call.tool.failsOnFinding(call);
  const inJob = ignoring(step.continueOnError, 'step');
  const rescued = inJob.answer !== 'yes' && laterStepFails(step, job);
  const stepAnswer: Answer = rescued ? { answer: 'yes', why: 'a later step fails the job on its outcome' } : inJob;
  return weakest([finds, failsStep, stepAnswer, ignoring(job.continueOnError, 'job')]);
}

function ignoring(continueOnError: Located | undefined, what: string): Answer {
  if (continueOnError === undefined || continueOnError.text === 'false') return { answer: 'yes', why: `the ${what} fails with it` };
  if (continueOnError.text === 'true') return { answer: 'no', why: `\`continue-on-error: true\` of the ${what} ignores its failure` };
  return { answer: 'undecided', why: `an expression decides \`continue-on-error\` of the ${what}` };
}

/** `continue-on-error` with a later `if: steps.scan.outcome == 'failure'` that exits with failure is a gate after all. */
function laterStepFails(step: Step, job: Job): boolean {
  if (step.id === undefined) return false;
  const asks = new RegExp(`steps\\.${step.id.replace(/[^\w-]/g, '')}\\.outcome\\s*(?:==\\s*'failure'|!=\\s*'success')`);
  return job.steps.some((later) => {
    if (later.index <= step.index || later.continueOnError !== undefined || !asks.test(later.condition?.text ?? '')) return false;
    return commandFates(parseShell(later.run?.text ?? ''), { errexit: true, pipefail: false }).some(({ command, fate }) => {
      const [name, status] = command.words.map((word) => word.text);
      return fate === 'fails' && ((name === 'exit' && /^[1-9]/.test(status ?? '')) || name === 'false');
    });
  });
}

/** All parts must hold: the first that says no, otherwise the first that is undecided, otherwise the last yes. */
export function weakest(answers: readonly Answer[]): Answer {
  return answers.find((answer) => answer.answer === 'no') ?? answers.find((answer) => answer.answer === 'undecided') ?? answers.at(-1) ?? { answer: 'yes', why: '' };
}
