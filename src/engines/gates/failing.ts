import type { Job, Located, Step } from '../../facts/workflow/types.ts';
import { parseShell } from '../../lib/shell/ast.ts';
import { commandFates } from '../../lib/shell/fate.ts';
import { holdsIn } from './condition.ts';
import type { StepCall } from './invocations.ts';
import type { RunningStep } from './jobs.ts';
import type { Answer } from './types.ts';

/** Whether a finding of a call fails its job: the tool, its step, the steps around it, the job. */
export function failsJob({ call, failsStep }: StepCall, { levels }: Pick<RunningStep, 'levels'>, job: Job): Answer {
  const kept = failsStep.answer === 'no' && levels.some(keepsOutcome);
  const inStep: Answer = kept
    ? { answer: 'undecided', why: `${failsStep.why}, and a later step reads what it wrote` }
    : failsStep;
  return weakest([
    call.tool.failsOnFinding(call),
    inStep,
    ...levels.map(failsLevel),
    ignoring(job.continueOnError, 'job'),
  ]);
}

/** A script may write what it saw to an output or a variable that a later step decides on. */
function keepsOutcome({ step, siblings }: RunningStep['levels'][number]): boolean {
  const script = step.run?.text ?? '';
  const later = siblings.filter((other) => other.index > step.index).flatMap(textsOf);
  if (script.includes('GITHUB_OUTPUT') && later.some((text) => text.includes(`steps.${step.id ?? ''}.outputs`)))
    return true;
  return script.includes('GITHUB_ENV') && later.some((text) => /\benv\.|\$\w/.test(text));
}

function failsLevel({ step, siblings }: RunningStep['levels'][number]): Answer {
  const own = ignoring(step.continueOnError, 'step');
  if (own.answer === 'yes' || step.id === undefined) return own;
  const later = siblings.filter((other) => other.index > step.index);
  if (later.some((other) => failsOnOutcome(other, step.id ?? '')))
    return { answer: 'yes', why: 'a later step fails the job on its outcome' };
  const asks = later.some((other) => textsOf(other).some((text) => text.includes(`steps.${step.id ?? ''}.outcome`)));
  return asks ? { answer: 'undecided', why: `${own.why}, and a later step asks for its outcome` } : own;
}

/** `if: steps.scan.outcome == 'failure'` on a step that exits with failure: the failure is put back. */
function failsOnOutcome(step: Step, id: string): boolean {
  if (step.continueOnError !== undefined || step.condition === undefined) return false;
  const values = new Map([
    [`steps.${id.toLowerCase()}.outcome`, 'failure'],
    [`steps.${id.toLowerCase()}.conclusion`, 'success'],
  ]);
  return holdsIn(step.condition.text, { event: 'pull_request', values }) === true && exitsWithFailure(step);
}

/** Whether a step's script ends with failure whatever happens in it. */
export function exitsWithFailure(step: Step): boolean {
  return commandFates(parseShell(step.run?.text ?? ''), { errexit: true, pipefail: false }).some(
    ({ command, fate }) => {
      const [name, status] = command.words.map((word) => word.text);
      return fate === 'fails' && ((name === 'exit' && /^[1-9]\d*$/.test(status ?? '')) || name === 'false');
    },
  );
}

function textsOf(step: Step): string[] {
  return [step.condition, step.run, ...step.env.values(), ...step.with.values()].flatMap((item) => item?.text ?? []);
}

function ignoring(continueOnError: Located | undefined, what: string): Answer {
  if (continueOnError === undefined || continueOnError.text === 'false')
    return { answer: 'yes', why: `the ${what} fails with it` };
  if (continueOnError.text === 'true')
    return { answer: 'no', why: `\`continue-on-error: true\` of the ${what} ignores its failure` };
  return { answer: 'undecided', why: `an expression decides \`continue-on-error\` of the ${what}` };
}

/** All parts must hold: the first that says no, otherwise the first that is undecided, otherwise the last yes. */
export function weakest(answers: readonly Answer[]): Answer {
  return (
    answers.find((answer) => answer.answer === 'no') ??
    answers.find((answer) => answer.answer === 'undecided') ??
    answers.at(-1) ?? { answer: 'yes', why: '' }
  );
}
