import type { Facts } from '../../facts/index.ts';
import type { Job, Located, Step, WorkflowFact } from '../../facts/workflow/types.ts';
import { parseShell, simpleCommands } from '../../lib/shell/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { callsIn, placeInRun } from '../gates/invocations.ts';
import { flagValue, flagValues, hasFlag, input, positional } from '../gates/options.ts';
import type { Answer, Invocation } from '../gates/types.ts';
import { credentialsOf, type Credentials } from './credentials.ts';
import { originOfTag, tagsOfMetadata, type TagOrigin } from './tags.ts';

/** A step that pushes an image to a registry. */
export interface Publishing {
  readonly workflow: WorkflowFact;
  readonly job: Job;
  readonly step: Step;
  readonly at: SourceLocation;
  /** References that are pushed, expressions as written, with where each tag comes from. */
  readonly images: readonly { readonly reference: string; readonly origin: TagOrigin }[];
  readonly credentials: Credentials;
  /** Scans of images that run before it in the same job. */
  readonly scans: readonly { readonly call: Invocation; readonly image: string | undefined; readonly canFail: Answer; readonly sameImage: boolean }[];
}

/** Every step of a workflow that pushes an image: docker/build-push-action, `docker push`, `docker buildx build --push`. */
export function findPublishings(facts: Facts): Publishing[] {
  return facts.workflow.flatMap((workflow) =>
    workflow.jobs.flatMap((job) =>
      job.steps.flatMap((step) => {
        const env = environment(workflow, job, step);
        return pushesOf(step, job, env).map(({ at, references }): Publishing => ({
          workflow,
          job,
          step,
          at,
          images: references.map((reference) => ({ reference, origin: originOfTag(reference) })),
          credentials: credentialsOf(job, step, env),
          scans: scansBefore(step, job, workflow, references),
        }));
      }),
    ),
  );
}

function environment(workflow: WorkflowFact, job: Job, step: Step): ReadonlyMap<string, string> {
  return new Map([...workflow.env, ...job.env, ...step.env].map(([name, value]) => [name, value.text]));
}

function pushesOf(step: Step, job: Job, env: ReadonlyMap<string, string>): { at: SourceLocation; references: string[] }[] {
  if (/^docker\/build-push-action@/.test(step.uses?.text ?? '')) return pushOfAction(step, job, env);
  if (step.run === undefined) return [];
  const run = step.run;
  return simpleCommands(parseShell(run.text)).flatMap((command) => {
    const words = command.words.map((word) => word.text);
    const references = pushedBy(words).map((reference) => fill(reference, env));
    return references.length === 0 ? [] : [{ at: placeInRun(run, command), references }];
  });
}

function pushOfAction(step: Step, job: Job, env: ReadonlyMap<string, string>): { at: SourceLocation; references: string[] }[] {
  const push = step.with.get('push')?.text;
  const outputs = step.with.get('outputs')?.text ?? '';
  if ((push === undefined || push === 'false') && !/type=registry|push=true/.test(outputs)) return [];
  const tags = lines(step.with.get('tags'));
  const references = tags.flatMap((tag) => tagsOfMetadata(tag, job) ?? [fill(tag, env)]);
  return [{ at: step.uses?.at ?? step.at, references }];
}

function pushedBy(words: readonly string[]): readonly string[] {
  const [tool, ...rest] = words;
  if (!['docker', 'podman', 'buildah', 'nerdctl'].includes(tool ?? '')) return [];
  const args = rest[0] === 'image' || rest[0] === 'buildx' ? rest.slice(1) : rest;
  if (args[0] === 'push') return positional({ args: args.slice(1) });
  if (args[0] === 'build' && hasFlag({ args }, '--push')) return flagValues({ args }, ['-t', '--tag']);
  return [];
}

/** Fills in variables of the workflow that are written out: `$IMAGE`, `${IMAGE}`, `${{ env.IMAGE }}`. */
function fill(text: string, env: ReadonlyMap<string, string>, depth = 0): string {
  const filled = text
    .replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, (whole, name: string) => env.get(name) ?? whole)
    .replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced: string | undefined, bare: string | undefined) => env.get(braced ?? bare ?? '') ?? whole);
  return filled === text || depth > 5 || filled.length > 2000 ? filled : fill(filled, env, depth + 1);
}

function lines(located: Located | undefined): string[] {
  return (located?.text ?? '').split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== '');
}

function scansBefore(push: Step, job: Job, workflow: WorkflowFact, references: readonly string[]): Publishing['scans'] {
  return job.steps
    .filter((step) => step.index < push.index)
    .flatMap((step) => {
      const env = environment(workflow, job, step);
      return callsIn(step, env, step.shell ?? job.defaultShell ?? workflow.defaultShell).flatMap(({ call, failsStep }) => {
        if (!call.tool.subjects(call).includes('images')) return [];
        const written = call.via === 'action' ? input(call, ['image-ref', 'image']) : positional(call).findLast((word) => /[/:$]/.test(word));
        const image = written === undefined ? undefined : fill(written, env);
        const ignored = step.continueOnError !== undefined && step.continueOnError.text !== 'false';
        const finds = call.tool.failsOnFinding(call);
        const canFail: Answer = ignored ? { answer: 'no', why: '`continue-on-error` ignores its failure' } : finds.answer === 'yes' ? failsStep : finds;
        return [{ call, image, canFail, sameImage: image !== undefined && references.includes(image) }];
      });
    });
}

/** What a scan before the push comes to, in words: `Trivy scans the same image before the push and can fail`. */
export function describeScans({ workflow, job, scans }: Publishing): string {
  const where = `${workflow.path} · ${job.id}`;
  const [scan] = [...scans].sort((a, b) => Number(b.sameImage) - Number(a.sameImage));
  if (scan === undefined) return `${where} pushes without a scan before it`;
  const threshold = flagValue(scan.call, ['--severity']) ?? input(scan.call, ['severity']);
  const what = scan.sameImage ? 'the same image' : `${scan.image ?? 'an image'}, which is not known to be what is pushed,`;
  const end = scan.canFail.answer === 'yes' ? 'and can fail' : scan.canFail.answer === 'no' ? `and cannot fail (${scan.canFail.why})` : `and may not fail (${scan.canFail.why})`;
  return `${where}: ${scan.call.tool.name} scans ${what} before the push ${end}${threshold === undefined ? '' : ` at ${threshold}`}`;
}
