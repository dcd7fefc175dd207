import type { Job, Located, Step, WorkflowFact } from '../../facts/workflow/types.ts';
import type { SourceLocation } from '../../model/index.ts';
import { below, keyValue } from './build-command.ts';
import { literal, patternOf, resolve, unknown, type Scope } from './resolve.ts';
import { bakeDoubt, buildsOfScript } from './shell-builds.ts';
import { isRemote, joinPath } from './paths.ts';
import type { Build, Doubt, FoundBuilds, Resolved } from './types.ts';

/** Values of `matrix.*` for one job that a strategy makes; keys are dotted below `matrix`. */
export type Combination = ReadonlyMap<string, string>;

const BUILD_ACTION = /^(?:docker|depot|useblacksmith)\/build-push-action@/;
const KANIKO_ACTION = /^(?:aevea\/action-kaniko|int128\/kaniko-action)@/;

/** Finds the builds of a workflow; `combinations` gives those of a job's matrix, one empty one where it has none. */
export function buildsOfWorkflow(
  workflow: WorkflowFact,
  combinations: (job: Job) => readonly Combination[],
): FoundBuilds {
  const found = workflow.jobs.flatMap((job) =>
    combinations(job).flatMap((combination) => {
      const where = `${workflow.path} jobs.${job.id}`;
      return job.steps.map((step) =>
        buildsOfStep(
          step,
          job.steps,
          scopeOf([workflow.env, job.env, step.env], combination),
          `${where}.steps[${step.index}]`,
        ),
      );
    }),
  );
  return merge(found);
}

/** Finds the builds of a composite action, whose inputs are open. */
export function buildsOfAction(path: string, steps: readonly Step[]): FoundBuilds {
  return merge(
    steps.map((step) => buildsOfStep(step, steps, scopeOf([step.env], new Map()), `${path} runs.steps[${step.index}]`)),
  );
}

function merge(found: readonly FoundBuilds[]): FoundBuilds {
  return { builds: found.flatMap((one) => one.builds), doubts: found.flatMap((one) => one.doubts) };
}

function scopeOf(levels: readonly ReadonlyMap<string, Located>[], combination: Combination): Scope {
  const variables = new Map<string, Resolved>([['GITHUB_WORKSPACE', literal('/')]]);
  const expressions = new Map<string, Resolved>([['github.workspace', literal('/')]]);
  for (const [key, value] of combination) expressions.set(`matrix.${key}`, literal(value));
  for (const level of levels) {
    for (const [name, value] of level) {
      const resolved = resolve(value.text, { variables: new Map(), expressions });
      variables.set(name, resolved);
      expressions.set(`env.${name}`, resolved);
    }
  }
  return { variables, expressions };
}

function buildsOfStep(step: Step, steps: readonly Step[], scope: Scope, where: string): FoundBuilds {
  if (step.run !== undefined) {
    const { at, text } = step.run;
    const folder = resolve(step.workingDirectory ?? '', scope);
    const start = joinPath('', patternOf(folder)) ?? '';
    return buildsOfScript({ text, folder: start, home: start, scope, where, place: () => at });
  }
  const uses = step.uses?.text ?? '';
  const at = step.uses?.at ?? step.at;
  if (/^docker\/bake-action@/.test(uses)) return { builds: [], doubts: [bakeDoubt(where, at)] };
  if (BUILD_ACTION.test(uses)) return one(buildPush(step, steps, scope, where, at));
  if (KANIKO_ACTION.test(uses)) return one(kaniko(step, scope, where, at));
  if (/^redhat-actions\/buildah-build@/.test(uses)) return one(buildah(step, scope, where, at));
  return { builds: [], doubts: [] };
}

function one(build: Build | undefined): FoundBuilds {
  return { builds: build === undefined ? [] : [build], doubts: [] as Doubt[] };
}

/** docker/build-push-action: without `context` it builds the repository's root; `file` is below the working directory, the root. */
function buildPush(
  step: Step,
  steps: readonly Step[],
  scope: Scope,
  where: string,
  at: SourceLocation,
): Build | undefined {
  const input = (name: string): Resolved | undefined => optionalInput(step, name, scope);
  const lines = (name: string): Resolved[] => inputLines(step, name, scope);
  const written = step.with.get('context')?.text ?? '.';
  const subfolder = /^\{\{\s*defaultContext\s*\}\}:?(.*)$/.exec(written);
  const context = resolve(subfolder === null ? written : (subfolder[1] ?? ''), scope);
  if (isRemote(patternOf(context))) return undefined;
  const file = input('file');
  const root = literal('');
  const dockerfile =
    file === undefined
      ? below(root, context, literal('Dockerfile'))
      : subfolder === null
        ? below(root, file)
        : below(root, context, file);
  if (dockerfile === undefined) return undefined;
  const target = input('target');
  const names = lines('tags').flatMap((tag) => (tag.known ? [tag.text] : metadataNames(tag, steps, scope)));
  const push = input('push');
  const pushes = push !== undefined && !(push.known && push.text === 'false');
  return {
    dockerfile,
    args: new Map(lines('build-args').map(keyValue)),
    platforms: lines('platforms').map(patternOf),
    contexts: new Map(
      lines('build-contexts')
        .map(keyValue)
        .map(([name, value]) => [name.toLowerCase(), patternOf(value)]),
    ),
    names,
    kept: names.length > 0 || pushes || /type=(?:image|registry|docker|oci)/.test(step.with.get('outputs')?.text ?? ''),
    at,
    where,
    ...(target === undefined ? {} : { target }),
  };
}

/** `${{ steps.meta.outputs.tags }}` of docker/metadata-action gives the names of its `images`. */
function metadataNames(tag: Extract<Resolved, { known: false }>, steps: readonly Step[], scope: Scope): string[] {
  const id = /steps\.([\w-]+)\.outputs\.tags/.exec(tag.written)?.[1];
  const meta = steps.find((step) => step.id === id && /^docker\/metadata-action@/.test(step.uses?.text ?? ''));
  if (id === undefined || meta === undefined) return [tag.pattern];
  return inputLines(meta, 'images', scope).map(
    (image) =>
      `${
        patternOf(image)
          .replace(/^name=/, '')
          .split(',')[0] ?? ''
      }:*`,
  );
}

function kaniko(step: Step, scope: Scope, where: string, at: SourceLocation): Build | undefined {
  const context = optionalInput(step, 'context', scope) ?? optionalInput(step, 'path', scope) ?? literal('.');
  const file = optionalInput(step, 'file', scope) ?? optionalInput(step, 'build_file', scope);
  const dockerfile = below(literal(''), ...(file === undefined ? [context, literal('Dockerfile')] : [file]));
  if (dockerfile === undefined || isRemote(patternOf(context))) return undefined;
  const names = [...inputLines(step, 'tags', scope), ...inputLines(step, 'image', scope)].map(patternOf);
  const args = [...inputLines(step, 'build-args', scope), ...inputLines(step, 'build_args', scope)].map(keyValue);
  return {
    dockerfile,
    args: new Map(args),
    platforms: [],
    contexts: new Map(),
    names,
    kept: true,
    at,
    where,
    ...targetOf(step, scope),
  };
}

function buildah(step: Step, scope: Scope, where: string, at: SourceLocation): Build | undefined {
  const file = [...inputLines(step, 'containerfiles', scope), ...inputLines(step, 'dockerfiles', scope)].at(-1);
  const dockerfile = file === undefined ? undefined : below(literal(''), file);
  if (dockerfile === undefined) return undefined;
  const names = inputLines(step, 'image', scope).map(patternOf);
  return {
    dockerfile,
    args: new Map(inputLines(step, 'build-args', scope).map(keyValue)),
    platforms: [],
    contexts: new Map(),
    names,
    kept: true,
    at,
    where,
    ...targetOf(step, scope),
  };
}

function targetOf(step: Step, scope: Scope): { target?: Resolved } {
  const target = optionalInput(step, 'target', scope);
  return target === undefined ? {} : { target };
}

function optionalInput(step: Step, name: string, scope: Scope): Resolved | undefined {
  const input = step.with.get(name);
  if (input === undefined || input.text.trim() === '') return undefined;
  return input.text.length > 10_000 ? unknown(name) : resolve(input.text.trim(), scope);
}

/** Values of an input that holds one a line, or several with commas where none can hold an equals sign. */
function inputLines(step: Step, name: string, scope: Scope): Resolved[] {
  const text = step.with.get(name)?.text ?? '';
  const lines = text
    .split('\n')
    .flatMap((line) => (line.includes('=') || line.includes('${{') ? [line] : line.split(',')));
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, 200)
    .map((line) => resolve(line, scope));
}
