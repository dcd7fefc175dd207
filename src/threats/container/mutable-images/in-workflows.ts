import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { placeInRun } from '../../../engines/gates/invocations.ts';
import { fillIn } from '../../../engines/publishing/environment.ts';
import type { Located, Step } from '../../../facts/workflow/types.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import { parseShell, simpleCommands } from '../../../lib/shell/ast.ts';
import type { Context } from '../../context.ts';
import { imageWord } from './docker-run.ts';
import { asWritten, type Reference } from './reference.ts';

/** Images of jobs, services, docker actions, and of `docker run`, `create` and `pull` in `run:` steps. */
export async function inWorkflows(context: Context): Promise<Reference[]> {
  const { workflow: workflows, action: actions } = context.facts;
  const built = (await findBuilds(context)).images.flatMap((image) => image.names);
  const ofWorkflows = workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => {
      const user = `job ${job.id}`;
      const images = job.images
        .filter((image) => image.text.trim() !== '')
        .map((image) => asWritten(withoutScheme(image), user, 'workflow'));
      return [...images, ...ofSteps(job.steps, user, textsOf(workflow.env, job.env), built)];
    }),
  );
  const ofActions = actions.flatMap((action) => [
    ...(action.image?.text.startsWith('docker://') === true
      ? [asWritten(withoutScheme(action.image), 'docker action', 'workflow')]
      : []),
    ...ofSteps(action.steps, 'composite action', new Map(), built),
  ]);
  return [...ofWorkflows, ...ofActions];
}

function ofSteps(
  steps: readonly Step[],
  user: string,
  env: ReadonlyMap<string, string>,
  built: readonly string[],
): Reference[] {
  const local = [
    ...built,
    ...steps.flatMap((step) => (step.run === undefined ? [] : namedIn(step.run.text))),
    ...steps.flatMap(tagsOf),
  ];
  return steps.flatMap((step) => {
    if (step.uses?.text.startsWith('docker://') === true)
      return [asWritten(withoutScheme(step.uses), user, 'workflow')];
    const run = step.run;
    return run === undefined ? [] : ofScript(run, user, new Map([...env, ...textsOf(step.env)]), local);
  });
}

function ofScript(run: Located, user: string, env: ReadonlyMap<string, string>, local: readonly string[]): Reference[] {
  return simpleCommands(parseShell(run.text)).flatMap((command) => {
    const words = command.words.map((word) => word.text);
    const word = command.words[imageWord(words) ?? -1];
    if (word === undefined || word.text === '') return [];
    const filled = fillIn(word.text, env);
    const isPull = words.includes('pull');
    // What the job has just built is not pulled.
    if (
      !isPull &&
      local.some(
        (name) =>
          name === word.text ||
          name === filled ||
          matchesReferenceGlob(name, filled.replace(/\$\{\{[^}]*\}\}|\$\{?\w+\}?/g, '')),
      )
    )
      return [];
    const reference = asWritten(
      { text: filled, at: placeInRun(run, positionOf(word)) },
      `${user} ${words.slice(0, 2).join(' ')}`,
      'workflow',
    );
    return [{ ...reference, written: word.text }];
  });
}

/** Words of a command carry their own place. */
function positionOf(word: object): { readonly start: number; readonly end: number } {
  const { start, end } = word as { readonly start?: number; readonly end?: number };
  return { start: start ?? 0, end: end ?? 0 };
}

/** Names that a script gives to images: `-t name`, `docker tag a name`, `docker load`. */
function namedIn(script: string): string[] {
  return simpleCommands(parseShell(script)).flatMap((command) => {
    const words = command.words.map((word) => word.text);
    if (!/^(?:docker|podman|nerdctl|buildah|sudo)$/.test(words[0] ?? '')) return [];
    if (words.includes('tag')) return words.slice(-1);
    if (!words.includes('build') && !words.includes('commit') && !words.includes('import')) return [];
    const tags = words.flatMap((word, index) =>
      word === '-t' || word === '--tag' ? (words[index + 1] ?? []) : (/^--tag=(.+)$/.exec(word)?.[1] ?? []),
    );
    return [...tags, ...tags.map((tag) => `${tag}:latest`)];
  });
}

/** Tags that docker/build-push-action gives to what it loads. */
function tagsOf(step: Step): string[] {
  if (step.uses?.text.startsWith('docker/build-push-action@') !== true) return [];
  return (step.with.get('tags')?.text ?? '')
    .split(/[\n,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function textsOf(...maps: readonly ReadonlyMap<string, Located>[]): ReadonlyMap<string, string> {
  return new Map(maps.flatMap((map) => [...map].map(([name, value]) => [name, value.text] as const)));
}

function withoutScheme(located: Located): Located {
  return { ...located, text: located.text.replace(/^docker:\/\//, '') };
}
