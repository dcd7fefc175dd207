import { BASE_USERS_DATE } from '../../../engines/builds/base-users.ts';
import { effectiveUser, type EffectiveUser } from '../../../engines/builds/effective-user.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import type { BuiltImage } from '../../../engines/builds/types.ts';
import { kustomizeChanges, type KustomizeChanges } from '../../../engines/kustomize/changes.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { Counterexample, Gap, Replayable, ReplayOutcome, TraceStep, Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { notRendered, RENDER, renderedAgain, renderedBy } from '../../rendered.ts';
import { isRootUser, notRebuilt, rebuild, userAfter } from './replay-build.ts';
import { runsOf, type Run } from './runs.ts';
import { BUILD_FACTS, buildGaps, buildInput, noDockerfile } from './shared.ts';

const METHOD =
  `the last USER on the chain of stages of each build, with ARG and ENV as the build sets them; without USER the base's own, by a table of ${BASE_USERS_DATE}; then compose \`user\` and ` +
  'Kubernetes `runAsUser`, which outrank it, and `runAsNonRoot`, with which the kubelet refuses root. Modelled, nothing was built. Assumed: a user name is not root unless it is `root` ' +
  'or a command in sight gives it the id 0; an environment variable of a base that is not in the table does not replace an ARG of the Dockerfile.';
const GRANTS = [
  'root in the container: every file of it, every capability that the runtime leaves',
  'an escape from the container starts as root',
];

/** No image of the product runs as root, wherever it is run. */
export const nonRoot: FourproofControl = {
  id: 'non-root',
  kind: 'exposure',
  title: 'No image runs as root',
  needs: [...BUILD_FACTS, 'kubernetes', 'chart', 'kustomization'],
  async judge(context) {
    const { images, doubts } = await findBuilds(context);
    if (context.facts.dockerfile.length === 0 && doubts.length === 0)
      return { proof: noDockerfile('the product builds no image of its own'), counterexamples: [], gaps: [] };
    const changes = await kustomizeChanges(context);
    const judged = images.map((image) => judgeImage(image, images, context, changes));
    return conclude({
      claim: 'every image that the product builds runs as a user other than root',
      what: 'images, and the places that run them',
      elements: judged.flatMap((one) => one.elements),
      method: METHOD + renderedBy(context),
      witnesses: judged.flatMap((one) => one.witnesses),
      counterexamples: judged.flatMap((one) => one.counterexamples),
      gaps: [...buildGaps(images, doubts), ...hiddenRuns(changes), ...judged.flatMap((one) => one.gaps)],
    });
  },
  replay: replayNonRoot,
};

interface Judged {
  readonly elements: readonly string[];
  readonly witnesses: readonly Witness[];
  readonly counterexamples: readonly Counterexample[];
  readonly gaps: readonly Gap[];
}

/** Objects that charts and programs of a kustomization add: whether they run an image of the product is not seen. */
function hiddenRuns({ hidden }: KustomizeChanges): Gap[] {
  return hidden
    .filter(({ isPlugin }) => isPlugin)
    .map(({ by, at, what }) => ({
      reason: 'not-in-sight',
      message: `${by} takes objects from ${what}, and the users that they run as are not in this tree`,
      at,
      identity: what,
      closes: `kubectl kustomize ${by.replace(/\/?[^/]+$/, '') || '.'}, and its objects in the repository in place of the plugin`,
    }));
}

function judgeImage(
  image: BuiltImage,
  images: readonly BuiltImage[],
  context: Context,
  changes: KustomizeChanges,
): Judged {
  const user = effectiveUser(image, images);
  const runs = runsOf(image, images, context, changes);
  const counterexamples: Counterexample[] = [];
  const gaps: Gap[] = [];
  const witnesses: Witness[] = [{ at: user.at, note: `${image.label}: ${user.why}` }];
  const bare = runs.filter((run) => run.override.kind === 'none');
  // Without a place in sight that runs it, the image speaks for itself.
  if (runs.length === 0 || bare.length > 0) {
    if (user.status === 'root') counterexamples.push(rootImage(image, user, bare));
    if (user.status === 'unknown') gaps.push(unknownUser(image, user));
  }
  for (const run of runs) {
    const { override } = run;
    if (override.kind === 'none') continue;
    if (override.kind === 'refused' && user.outOfRange === true) gaps.push(unknownUser(image, user));
    if (override.kind === 'root') counterexamples.push(rootRun(image, user, run, override));
    else if (override.kind === 'patched')
      gaps.push({
        reason: 'unrendered-template',
        message: `${run.where}: ${override.by} may set another user or image when it is applied${notRendered(override)}`,
        at: override.at,
        closes: RENDER,
      });
    else if (override.kind === 'unknown')
      gaps.push({
        reason: 'unresolved-value',
        message: `${run.where}: the user ${override.text} is not known`,
        at: override.at,
        closes: 'write a numeric user',
      });
    else
      witnesses.push({
        at: override.at,
        note:
          override.kind === 'refused'
            ? `${run.where}: with runAsNonRoot the kubelet starts no container of user 0`
            : `${run.where}: runs as ${override.text}`,
      });
  }
  return {
    elements: [image.label, ...runs.map((run) => `${image.label} run by ${run.where}`)],
    witnesses,
    counterexamples,
    gaps,
  };
}

function unknownUser(image: BuiltImage, user: EffectiveUser): Gap {
  const reason =
    user.text.startsWith('USER') || user.why.includes('no value in sight') || user.why.includes('user id')
      ? 'unresolved-value'
      : 'not-in-sight';
  return {
    reason,
    message: `${image.label}: ${user.why}`,
    at: user.at,
    identity: `${image.target ?? ''} ${user.text} ${user.why}`,
    ...(user.closes === undefined ? {} : { closes: user.closes }),
  };
}

function rootImage(image: BuiltImage, user: EffectiveUser, runs: readonly Run[]): Counterexample {
  const before: TraceStep[] = user.trace.map((step, index) => ({ ...step, role: index === 0 ? 'source' : 'step' }));
  const places: TraceStep[] = runs
    .slice(0, 5)
    .map((run) => ({ at: run.at, note: `${run.where} runs it without another user`, role: 'step' }));
  const sink: TraceStep = { at: user.at, note: `${user.text.slice(0, 200)}: runs as root`, role: 'sink' };
  const [head, ...tail] = [...before, ...places];
  const input = buildInput(image);
  return {
    title: `${image.file.path} makes an image that runs as root: ${user.why}`,
    severity: 'high',
    summary: `The image of ${image.label} runs as root: ${user.why}. Whoever takes the process over is root in the container.`,
    input: { kind: 'dockerfile-build', ...input },
    trace: head === undefined ? [sink] : [head, ...tail, sink],
    replay: { engine: 'non-root', args: input },
    grants: GRANTS,
    identity: ['non-root', image.target ?? '', image.platform, user.at.route ?? '', user.text],
  };
}

function rootRun(
  image: BuiltImage,
  user: EffectiveUser,
  run: Run,
  override: { readonly text: string; readonly at: Run['at'] },
): Counterexample {
  const input = { ...buildInput(image), override: override.text, path: override.at.path, line: override.at.startLine };
  return {
    title: `${run.where} runs the image of ${image.file.path} as root`,
    severity: 'high',
    summary: `${run.where} sets the user ${JSON.stringify(override.text)}, which outranks the image's own (${user.shown}).`,
    input: { kind: 'dockerfile-build', ...input },
    trace: [
      { at: user.at, note: `${user.text.slice(0, 200)}: the image's own user is ${user.shown}`, role: 'source' },
      { at: override.at, note: `${run.where} runs it as ${JSON.stringify(override.text)}`, role: 'sink' },
    ],
    replay: { engine: 'non-root', args: input },
    grants: GRANTS,
    identity: ['non-root', image.file.path, image.target ?? '', run.where, override.at.route ?? '', override.text],
  };
}

async function replayNonRoot(context: Context, { replay: { args }, trace }: Replayable): Promise<ReplayOutcome> {
  const steps: string[] = [];
  const { override, path, line } = args;
  if (typeof override !== 'string' || typeof path !== 'string' || typeof line !== 'number') {
    const user = await userAfter(context, args, steps);
    if (user === null) return steps.length === 0 ? notRebuilt(args) : { confirmed: false, steps };
    const confirmed = isRootUser(user);
    return { confirmed, steps: [...steps, `the process starts as ${user === '' ? 'root' : user}`] };
  }
  const simulation = await rebuild(context, args);
  if (simulation?.ok !== true) return notRebuilt(args);
  const by = renderedAgain(context, trace.at(-1)?.at ?? trace[0].at, override);
  if (by !== undefined)
    return {
      confirmed: isRootUser(override),
      steps: [...simulation.steps, `${by} rendered ${path} again: it sets the user ${JSON.stringify(override)}`],
    };
  const content = await context.tree.read(path);
  const written = content.ok ? (decodeText(content.bytes).split('\n')[line - 1] ?? '') : '';
  const stands = override === '' ? written !== '' : written.includes(override);
  return {
    confirmed: stands && isRootUser(override),
    steps: [
      ...simulation.steps,
      stands ? `${path} line ${line} sets the user ${JSON.stringify(override)}` : `${path} does not set it any more`,
    ],
  };
}
