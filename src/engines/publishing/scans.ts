import type { Step } from '../../facts/workflow/types.ts';
import type { SourceLocation } from '../../model/index.ts';
import { callsIn } from '../gates/invocations.ts';
import { flagValue, input, positional } from '../gates/options.ts';
import type { Answer, Invocation } from '../gates/types.ts';
import { fillIn } from './environment.ts';

/** A scan of an image that runs before a push. */
export interface ImageScan {
  readonly call: Invocation;
  /** The image that it scans; absent where the call does not name one. */
  readonly image: string | undefined;
  /** Whether a finding keeps the push from happening. */
  readonly canFail: Answer;
  /** Whether it is the image that is pushed. */
  readonly sameImage: boolean;
}

/** Scans in the steps up to a push; the last of `steps` is the one that pushes, where only what stands before it counts. */
export function scansBefore(
  steps: readonly Step[],
  push: SourceLocation,
  references: readonly string[],
  environmentOf: (step: Step) => ReadonlyMap<string, string>,
  shell: string | undefined,
  condition: string | undefined,
): ImageScan[] {
  return steps.flatMap((step, index) => {
    const env = environmentOf(step);
    return callsIn(step, env, step.shell ?? shell).flatMap(({ call, failsStep }): ImageScan[] => {
      const isLater = index === steps.length - 1 && !standsBefore(call.at, push);
      if (isLater || !call.tool.subjects(call).includes('images')) return [];
      const written =
        call.via === 'action'
          ? input(call, ['image-ref', 'image'])
          : positional(call).findLast((word) => /[/:$]/.test(word));
      const image = written === undefined ? undefined : fillIn(written, env);
      return [
        {
          call,
          image,
          canFail: judge(step, call, failsStep, condition),
          sameImage: image !== undefined && references.includes(image),
        },
      ];
    });
  });
}

function judge(step: Step, call: Invocation, failsStep: Answer, condition: string | undefined): Answer {
  if (step.continueOnError !== undefined && step.continueOnError.text !== 'false')
    return { answer: 'no', why: '`continue-on-error` ignores its failure' };
  const finds = call.tool.failsOnFinding(call);
  if (finds.answer !== 'yes') return finds;
  if (failsStep.answer !== 'yes') return failsStep;
  const own = step.condition?.text;
  return own === undefined || own === condition ? failsStep : { answer: 'undecided', why: `it runs only if ${own}` };
}

function standsBefore(a: SourceLocation, b: SourceLocation): boolean {
  return a.startLine < b.startLine || (a.startLine === b.startLine && a.startColumn < b.startColumn);
}

/** What a scan before the push comes to, in words: `Trivy scans the same image before the push and can fail`. */
export function describeScans({
  workflow,
  job,
  scans,
}: {
  readonly workflow: { readonly path: string };
  readonly job: { readonly id: string };
  readonly scans: readonly ImageScan[];
}): string {
  const where = `${workflow.path} · ${job.id}`;
  const [scan] = [...scans].sort((a, b) => Number(b.sameImage) - Number(a.sameImage));
  if (scan === undefined) return `${where} pushes without a scan before it`;
  const threshold = flagValue(scan.call, ['--severity']) ?? input(scan.call, ['severity']);
  const what = scan.sameImage
    ? 'the same image'
    : `${scan.image ?? 'an image'}, which is not known to be what is pushed,`;
  const end =
    scan.canFail.answer === 'yes'
      ? 'and can fail'
      : scan.canFail.answer === 'no'
        ? `and cannot fail (${scan.canFail.why})`
        : `and may not fail (${scan.canFail.why})`;
  return `${where}: ${scan.call.tool.name} scans ${what} before the push ${end}${threshold === undefined ? '' : ` at ${threshold}`}`;
}
