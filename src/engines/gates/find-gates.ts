import type { Facts } from '../../facts/index.ts';
import type { Located, Step, Trigger, WorkflowFact } from '../../facts/workflow/types.ts';
import { checksOutChange } from './checkout.ts';
import { holdsOnPullRequest } from './condition.ts';
import { mergeTriggers, runsForPullRequests } from './coverage.ts';
import { failsJob, weakest } from './failing.ts';
import { callsIn } from './invocations.ts';
import { calledBy, jobsOf, runningSteps, type TriggeredJob } from './jobs.ts';
import { isRequired, rulesInForce } from './required.ts';
import type { Answer, Gate } from './types.ts';

/** Every call of a known scanner in any workflow, with what decides whether it stops a merge. */
export function findGates(facts: Facts, defaultBranch: string | undefined): Gate[] {
  const called = new Set(facts.workflow.flatMap((workflow) => workflow.jobs.map((job) => calledBy(job, facts))));
  // A workflow that only others call is judged where they call it.
  const started = facts.workflow.filter(
    (workflow) => !called.has(workflow) || workflow.triggers.some((trigger) => trigger.event !== 'workflow_call'),
  );
  const jobs = started.flatMap((workflow) => jobsOf(workflow, facts));
  return jobs.flatMap((job) => gatesOf(job, jobs, facts, defaultBranch));
}

function gatesOf(
  triggered: TriggeredJob,
  all: readonly TriggeredJob[],
  facts: Facts,
  defaultBranch: string | undefined,
): Gate[] {
  const { workflow, checked, env, shell } = triggered;
  const triggers = mergeTriggers(workflow.triggers);
  const rules = facts['branch-rules'];
  return runningSteps(checked.job.steps, facts).flatMap((running) => {
    const { step, conditions } = running;
    const stepEnv = new Map([...env, ...[...step.env].map(([key, value]) => [key, value.text] as const)]);
    return callsIn(step, stepEnv, step.shell ?? shell).map((found): Gate => {
      const { call } = found;
      const started = judgeStart(triggered, triggers, defaultBranch);
      const runs = weakest([
        judgeConditions([...triggered.conditions, ...conditions], triggers),
        started,
        checksOutChange(checked.job.steps, running.levels[0]?.step ?? step),
      ]);
      const required = isRequired(checked, rules, defaultBranch);
      const ends = failsJob(found, running, checked.job);
      // Findings that are uploaded can stop a merge through a rule on code scanning, which says for which tools.
      const isScanRule =
        ends.answer === 'no' &&
        call.tool.uploads?.(call) === true &&
        rulesInForce(rules, defaultBranch).some((rule) => rule.codeScanning);
      const fails: Answer = isScanRule
        ? {
            answer: 'undecided',
            why: 'a rule asks for code scanning results, and for those of which tools is not decided here',
          }
        : ends;
      const isHeld = required.answer === 'yes' && !hasTwin(triggered, all);
      const held: Answer =
        isHeld && started.answer === 'no'
          ? {
              answer: 'undecided',
              why: `${started.why}; its check is required and stays pending, so that such a change waits for somebody to go round the rule`,
            }
          : runs;
      const subjects = call.tool.subjects(call);
      return {
        call,
        subjects,
        where: `${workflow.path} · ${checked.job.id}`,
        workflow: workflow.path,
        triggers,
        isHeld,
        parts: { runs: held, fails, required },
        stops: weakest([held, fails, required]),
      };
    });
  });
}

/** Whether another job reports a check of the same name on pull requests: that one can pass in its place. */
function hasTwin(triggered: TriggeredJob, all: readonly TriggeredJob[]): boolean {
  const { check } = triggered.checked;
  return all.some(
    (other) =>
      other.checked.job !== triggered.checked.job &&
      mergeTriggers(other.workflow.triggers).length > 0 &&
      (other.checked.check === undefined || other.checked.check === check),
  );
}

function judgeStart(
  { workflow, checked }: TriggeredJob,
  triggers: readonly Trigger[],
  defaultBranch: string | undefined,
): Answer {
  if (triggers.length === 0) return judgeOtherEvents(workflow, checked.job.steps);
  const answers = triggers.map((trigger) => runsForPullRequests(trigger, defaultBranch));
  return (
    answers.find((answer) => answer.answer === 'yes') ??
    answers.find((answer) => answer.answer === 'undecided') ??
    answers[0] ?? { answer: 'no', why: 'no event' }
  );
}

function judgeOtherEvents({ triggers }: WorkflowFact, steps: readonly Step[]): Answer {
  const events = triggers.map((trigger) => trigger.event);
  const onEveryPush = triggers.some(
    ({ event, branches, branchesIgnore, tags }) =>
      event === 'push' &&
      branchesIgnore === undefined &&
      (branches === undefined ? tags === undefined : branches.includes('**')),
  );
  const why = `it runs on ${events.join(', ') || 'no event'} and not on pull_request`;
  if (events.includes('pull_request_target')) {
    const checkouts = steps.filter((step) => step.uses?.text.startsWith('actions/checkout@') === true);
    // Without a checkout it asks GitHub for the change; with `ref` it may check out the change itself.
    const seesChange = checkouts.length === 0 || checkouts.some((step) => step.with.has('ref'));
    return seesChange
      ? { answer: 'undecided', why: 'it runs on pull_request_target, and what it looks at is not decided here' }
      : { answer: 'no', why: 'it runs on pull_request_target, which checks out the base and not the change' };
  }
  return onEveryPush
    ? { answer: 'undecided', why: `${why}, so that changes from forks are left out` }
    : { answer: 'no', why };
}

function judgeConditions(conditions: readonly Located[], triggers: readonly Trigger[]): Answer {
  const onPullRequest = weakest(conditions.map((condition) => judgeCondition(condition, 'pull_request')));
  const events = new Set(triggers.map((trigger) => trigger.event));
  if (!events.has('merge_group')) return onPullRequest;
  const inQueue = weakest(conditions.map((condition) => judgeCondition(condition, 'merge_group')));
  if (!events.has('pull_request')) return inQueue;
  return onPullRequest.answer === 'no' && inQueue.answer !== 'no'
    ? { answer: 'undecided', why: 'it runs in the merge queue only, and no rule in sight says that there is one' }
    : onPullRequest;
}

function judgeCondition({ text }: Located, event: 'pull_request' | 'merge_group'): Answer {
  const holds = holdsOnPullRequest(text, event);
  const shown = text.replace(/\s+/g, ' ').trim().slice(0, 120);
  if (holds === true) return { answer: 'yes', why: 'its condition holds' };
  return holds === false
    ? { answer: 'no', why: `\`if: ${shown}\` does not hold on a pull request` }
    : { answer: 'undecided', why: `\`if: ${shown}\` cannot be judged` };
}
