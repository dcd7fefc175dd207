import { expand } from '../../../engines/builds/expand.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { buildGraph, walkReachable } from '../../../engines/builds/graph.ts';
import { globalArguments, type lookupIn } from '../../../engines/builds/scope.ts';
import type { BuiltImage } from '../../../engines/builds/types.ts';
import type { Assignment, Instruction, Stage } from '../../../facts/dockerfile/types.ts';
import type { Counterexample, Gap, Replayable, ReplayOutcome } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { mapOf, notRebuilt, rebuild } from './replay-build.ts';
import { hasUrlPassword, isSecretName, isSecretValue } from './secret-names.ts';
import { BUILD_FACTS, buildGaps, buildInput, noDockerfile } from './shared.ts';

/** No secret enters an image through ARG or ENV. */
export const noBuildSecrets: FourproofControl = {
  id: 'no-build-secrets',
  kind: 'exposure',
  title: 'No secret enters an image through ARG or ENV',
  needs: BUILD_FACTS,
  async judge(context) {
    const { images, doubts } = await findBuilds(context);
    if (context.facts.dockerfile.length === 0 && doubts.length === 0)
      return { proof: noDockerfile('the product has no ARG or ENV of a Dockerfile'), counterexamples: [], gaps: [] };
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = buildGaps(images, doubts);
    for (const image of images) judgeImage(image, counterexamples, gaps);
    return conclude({
      claim: 'no ARG or ENV carries a secret into an image, its history or its build cache',
      what: 'builds whose ARG and ENV instructions were read',
      elements: images.map((image) => image.label),
      method:
        'every ARG and ENV of every stage that the target needs: names whose words say secret (password, token, secret, api key, private key and their like), and URLs that hold a password. ' +
        'A value that is empty, a placeholder, a switch or a path is none. Modelled, nothing was built.',
      witnesses: images.map((image) => ({
        at: image.file.at,
        note: `${image.label}: all ARG and ENV instructions were read`,
      })),
      counterexamples,
      gaps,
    });
  },
  replay: replaySecrets,
};

function judgeImage(image: BuiltImage, counterexamples: Counterexample[], gaps: Gap[]): void {
  const graph = buildGraph(image);
  const shipped = new Set(graph.chain.map((stage) => stage.index));
  const globals = globalArguments(image.file, image);
  for (const assignment of image.file.globalArgs.flatMap((arg) => arg.assignments)) {
    const value =
      assignment.value === undefined
        ? undefined
        : expand(assignment.value.text, (name) => globals.get(name) ?? { kind: 'unset' }, image.file.escape);
    if (value?.known === true && carries(assignment.name, value.text))
      counterexamples.push(secret(image, 'ARG', assignment, undefined, 'has a literal value', false));
  }
  walkReachable(image, graph, (instruction, look, stage) => {
    if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return;
    for (const assignment of instruction.assignments) {
      const why = whatItCarries(image, instruction, assignment, look, stage);
      if (why === 'open')
        gaps.push({
          reason: 'unresolved-value',
          message: `${image.label}: the value of ${instruction.keyword} ${assignment.name} is not known`,
          at: assignment.at,
          closes: 'mount the secret with RUN --mount=type=secret',
        });
      else if (why !== undefined)
        counterexamples.push(secret(image, instruction.keyword, assignment, stage, why, shipped.has(stage.index)));
    }
  });
}

function carries(name: string, value: string): boolean {
  return (isSecretName(name) && isSecretValue(value)) || hasUrlPassword(value);
}

/** Why an assignment carries a secret; undefined where it does not, `open` where its value is not in sight. */
function whatItCarries(
  image: BuiltImage,
  { keyword }: Instruction,
  { name, value }: Assignment,
  look: ReturnType<typeof lookupIn>,
  stage: Stage,
): string | undefined {
  const expansion = value === undefined ? undefined : expand(value.text, look, image.file.escape);
  if (expansion?.known === true && carries(name, expansion.text))
    return value?.text.includes('$') === true ? 'takes its value from another variable' : 'has a literal value';
  if (!isSecretName(name)) return undefined;
  if (keyword === 'ENV') {
    const sources = [...(value?.text ?? '').matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
    const fromArg = sources.some((source) => isArgument(image, source));
    if (fromArg && (expansion?.known !== true || expansion.text === '')) return 'takes its value from a build argument';
    return expansion?.known === false ? 'open' : undefined;
  }
  const isFilledLater = value === undefined || expansion?.known !== true || !isSecretValue(expansion.text);
  const isSwitch = expansion?.known === true && /^(?:true|false|yes|no|on|off|0|1)$/i.test(expansion.text);
  return isFilledLater && !isSwitch && isUsed(name, stage)
    ? 'is filled in by whoever builds, and a later instruction sees it'
    : undefined;
}

function isArgument(image: BuiltImage, name: string): boolean {
  return image.file.stages.some((stage) =>
    stage.instructions.some(
      (one) => one.keyword === 'ARG' && one.assignments.some((assignment) => assignment.name === name),
    ),
  );
}

/** Every RUN after an ARG has it in its environment and in the history; other instructions when they name it. */
function isUsed(name: string, stage: Stage): boolean {
  const from = stage.instructions.findIndex(
    (one) => one.keyword === 'ARG' && one.assignments.some((assignment) => assignment.name === name),
  );
  if (stage.instructions.findLastIndex((one) => one.keyword === 'RUN') > from) return true;
  return stage.instructions
    .slice(from + 1)
    .some((one) => one.text.includes(`$${name}`) || one.text.includes(`\${${name}`));
}

function secret(
  image: BuiltImage,
  keyword: 'ARG' | 'ENV',
  assignment: Assignment,
  stage: Stage | undefined,
  why: string,
  ships: boolean,
): Counterexample {
  const { name, value, at } = assignment;
  const input = { ...buildInput(image), keyword, name };
  const where = keyword === 'ENV' ? "the image's configuration" : "the image's history";
  return {
    title: `${keyword} ${name} ${why}`,
    severity: 'high',
    summary: ships
      ? `The value of ${keyword} ${name} stays in ${where}: whoever pulls the image reads it.`
      : `The value of ${keyword} ${name} stays in the Dockerfile, in the build cache or in the provenance of ${image.label}.`,
    input: { kind: 'dockerfile-build', ...input },
    trace: [
      {
        at: stage?.at ?? image.file.stages[0]?.at ?? at,
        note: stage === undefined ? 'the build starts' : `stage ${stage.name ?? stage.index} is part of the build`,
        role: 'source',
      },
      {
        at: value === undefined ? at : { ...at, endLine: value.at.startLine, endColumn: value.at.startColumn },
        note: `${keyword} ${name} ${why}`,
        role: 'sink',
      },
    ],
    replay: { engine: 'no-build-secrets', args: input },
    grants: [
      ships
        ? 'the secret, to everyone who can pull the image'
        : 'the secret, to everyone who can read the source, the cache or the provenance',
    ],
    identity: ['no-build-secrets', stage?.name ?? String(stage?.index ?? 'global'), keyword, name, at.route ?? ''],
    ...(value === undefined ? {} : { sensitive: [value.at] }),
  };
}

async function replaySecrets(context: Context, { replay: { args } }: Replayable): Promise<ReplayOutcome> {
  const { name, keyword } = args;
  if (typeof name !== 'string' || (keyword !== 'ARG' && keyword !== 'ENV')) return notRebuilt(args);
  // A value that nothing else holds shows where an argument without one ends up.
  const canary = 'canary-7f3a9c';
  const given = Object.fromEntries(mapOf(args['args']));
  const withoutCanary = await rebuild(context, args);
  const withCanary = await rebuild(context, { ...args, args: { ...given, ...canaries(withoutCanary, canary) } });
  if (withoutCanary?.ok !== true || withCanary?.ok !== true) return notRebuilt(args);
  const literal = withoutCanary.left.find(
    (one) => one.keyword === keyword && one.name === name && one.value !== null && carries(name, one.value),
  );
  const passed = withCanary.left.find(
    (one) => one.keyword === keyword && one.name === name && one.value?.includes(canary) === true,
  );
  const hit = literal === undefined ? passed : literal;
  const seen =
    hit === undefined
      ? `${keyword} ${name} carries nothing`
      : `${keyword} ${name} ${literal === undefined ? 'carries what is passed at build time' : 'carries a literal value'} into the image or its cache`;
  return { confirmed: hit !== undefined, steps: [...withoutCanary.steps, seen] };
}

/** A value for every argument that a stage declares. */
function canaries(
  simulation: { readonly left: readonly { readonly keyword: string; readonly name: string }[] } | undefined,
  canary: string,
): Record<string, string> {
  return Object.fromEntries(
    (simulation?.left ?? []).filter((one) => one.keyword === 'ARG').map((one) => [one.name, canary]),
  );
}
