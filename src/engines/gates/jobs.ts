import type { Facts } from '../../facts/index.ts';
import type { Job, Located, Step, WorkflowFact } from '../../facts/workflow/types.ts';
import { asksForStatus } from './condition.ts';

/** A job as GitHub reports it: the name of its check, and the jobs beside it in the same workflow. */
export interface CheckedJob {
  readonly job: Job;
  /** Name of the check; undefined where an expression decides it. */
  readonly check: string | undefined;
  /** All jobs of the workflow that it belongs to, itself included. */
  readonly siblings: readonly CheckedJob[];
  /** The job that calls the reusable workflow that this one stands in. */
  readonly caller?: CheckedJob;
}

/** A job with the workflow that triggers it; jobs of local reusable workflows stand under their caller. */
export interface TriggeredJob {
  readonly workflow: WorkflowFact;
  readonly checked: CheckedJob;
  /** Conditions that must hold for it to run: its own, those of the jobs that it needs, and those of its callers. */
  readonly conditions: readonly Located[];
  /** Environment of the workflow and the job, where it is written out. */
  readonly env: ReadonlyMap<string, string>;
  readonly shell: string | undefined;
}

/** A step that runs, with the steps around it on every level of composite actions, outermost first. */
export interface RunningStep {
  readonly step: Step;
  readonly conditions: readonly Located[];
  readonly levels: readonly { readonly step: Step; readonly siblings: readonly Step[] }[];
}

const DEEPEST = 4;
const MOST = 3000;

/** The jobs of a workflow, with those of the local reusable workflows that they call in their place. */
export function jobsOf(workflow: WorkflowFact, facts: Pick<Facts, 'workflow'>): TriggeredJob[] {
  let left = MOST;
  return within(workflow, undefined, 0);

  function within(current: WorkflowFact, caller: CheckedJob | undefined, depth: number): TriggeredJob[] {
    const siblings: CheckedJob[] = [];
    for (const job of current.jobs)
      siblings.push({ job, check: checkName(job, caller), siblings, ...(caller === undefined ? {} : { caller }) });
    return siblings.flatMap((checked) => {
      if (--left < 0) return [];
      const { job } = checked;
      const env = new Map([...current.env, ...job.env].map(([key, value]) => [key, value.text]));
      const own = {
        workflow,
        checked,
        conditions: conditionsOf(checked),
        env,
        shell: job.defaultShell ?? current.defaultShell,
      };
      const called = depth < DEEPEST ? calledBy(job, facts) : undefined;
      if (called === undefined) return [own];
      return within(called, checked, depth + 1).map((inner) => ({
        ...inner,
        conditions: [...own.conditions, ...inner.conditions],
      }));
    });
  }
}

/** Path below the root of an action or workflow of this repository: `./path`, or `$/path` at the commit that runs. */
export function localPath(uses: string | undefined): string | undefined {
  const [, path] = /^[.$]\/(?:\.\/)*(.*?)\/?$/.exec(uses ?? '') ?? [];
  return path;
}

/** The workflow of this tree that a job calls. */
export function calledBy({ uses }: Job, { workflow }: Pick<Facts, 'workflow'>): WorkflowFact | undefined {
  const path = localPath(uses?.text);
  return path === undefined ? undefined : workflow.find((other) => other.path === path);
}

/** GitHub names the check of a called job `caller / called`. */
function checkName({ id, name }: Job, caller: CheckedJob | undefined): string | undefined {
  const own = name?.text ?? id;
  if (own.includes('${{') || (caller !== undefined && caller.check === undefined)) return undefined;
  return caller?.check === undefined ? own : `${caller.check} / ${own}`;
}

/** A job runs only when those that it needs did, unless its own condition asks for the status itself. */
function conditionsOf({ job, siblings }: CheckedJob): Located[] {
  const found: Located[] = [];
  const seen = new Set<string>();
  const waiting = [job];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    if (next.condition !== undefined) found.push(next.condition);
    if (next.condition !== undefined && asksForStatus(next.condition.text)) continue;
    for (const id of next.needs)
      waiting.push(...siblings.filter((other) => other.job.id === id).map((other) => other.job));
  }
  return found;
}

/** Steps of a job, or of an action, with those of local composite actions in their place. */
export function runningSteps(steps: readonly Step[], { action: actions }: Pick<Facts, 'action'>): RunningStep[] {
  let left = MOST;
  return within(steps, [], []);

  function within(list: readonly Step[], conditions: readonly Located[], levels: RunningStep['levels']): RunningStep[] {
    return list.flatMap((step) => {
      if (--left < 0) return [];
      const running = {
        step,
        conditions: step.condition === undefined ? conditions : [...conditions, step.condition],
        levels: [...levels, { step, siblings: list }],
      };
      const folder = localPath(step.uses?.text);
      const action =
        folder === undefined
          ? undefined
          : actions.find((fact) => fact.path.replace(/\/?action\.ya?ml$/, '') === folder);
      if (action === undefined || action.steps.length === 0 || levels.length >= DEEPEST) return [running];
      return within(action.steps, running.conditions, running.levels);
    });
  }
}
