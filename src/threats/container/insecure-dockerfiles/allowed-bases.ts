import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { buildGraph, type ExternalImage } from '../../../engines/builds/graph.ts';
import { productImagesOf } from '../../../engines/builds/product-images.ts';
import type { BuiltImage } from '../../../engines/builds/types.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import { normaliseReference, parseImageReference, type ImageReference } from '../../../lib/image-reference.ts';
import type { Counterexample, Gap, Replayable, ReplayOutcome, Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { OFFICIAL_IMAGES } from './official-images.ts';
import { notRebuilt, rebuild } from './replay-build.ts';
import { BUILD_FACTS, buildGaps, buildInput, noDockerfile } from './shared.ts';

/** Every image from outside that a build uses is on the allow list. */
export const allowedBases: FourproofControl = {
  id: 'allowed-bases',
  kind: 'exposure',
  title: 'Every base image is on the allow list',
  needs: BUILD_FACTS,
  async judge(context) {
    const { images, doubts } = await findBuilds(context);
    if (context.facts.dockerfile.length === 0 && doubts.length === 0)
      return { proof: noDockerfile('the product builds from no base image'), counterexamples: [], gaps: [] };
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = buildGaps(images, doubts);
    const witnesses: Witness[] = [];
    const elements: string[] = [];
    for (const image of images) {
      const { externals } = buildGraph(image);
      if (externals.length === 0) elements.push(`${image.label}: no image from outside`);
      for (const external of externals) {
        elements.push(`${image.label}: ${external.how} ${external.written}`);
        judgeExternal(image, external, images, context, { counterexamples, gaps, witnesses });
      }
    }
    return conclude({
      claim: 'every image from outside that a build uses is on the allow list',
      what: 'images from outside in FROM, COPY --from and RUN --mount',
      elements,
      method: `the FROM graph of each build with its target and arguments, only stages that the target needs; ${listName(context)}, by normalised reference. Images that the product builds itself are judged at their own Dockerfile. Modelled, no registry was asked.`,
      witnesses,
      counterexamples,
      gaps,
    });
  },
  replay: replayBases,
};

interface Findings {
  readonly counterexamples: Counterexample[];
  readonly gaps: Gap[];
  readonly witnesses: Witness[];
}

function judgeExternal(
  image: BuiltImage,
  external: ExternalImage,
  images: readonly BuiltImage[],
  context: Context,
  found: Findings,
): void {
  const { reference, at, written, how } = external;
  if (!reference.known) {
    const names = reference.missing.join(', ');
    found.gaps.push({
      reason: 'unresolved-value',
      message: `${image.label}: ${how} ${written} is not known, ${names} has no value in sight`,
      at: placeOf(image, reference.missing) ?? at,
      identity: `${how} ${written}`,
      closes: `give ${names} a default in the Dockerfile, or a value in the build`,
    });
    return;
  }
  if (productImagesOf(reference.text, images).some((other) => other !== image)) {
    found.witnesses.push({ at, note: `${reference.text} is built by this product` });
    return;
  }
  const parsed = parseImageReference(reference.text);
  if (parsed === undefined) {
    found.gaps.push({
      reason: 'unresolved-value',
      message: `${image.label}: ${how} ${reference.text.slice(0, 200)} is no image reference`,
      at,
      closes: 'write a reference of the form registry/repository:tag',
    });
    return;
  }
  if (isAllowed(parsed, context.declared.allowedBaseImages))
    found.witnesses.push({ at, note: `${normaliseReference(parsed)} is on the allow list` });
  else found.counterexamples.push(outside(image, external, parsed, context));
}

/** The place of the ARG that leaves a reference open. */
function placeOf(image: BuiltImage, missing: readonly string[]): Gap['at'] {
  return image.file.globalArgs.flatMap((arg) => arg.assignments).find((assignment) => missing.includes(assignment.name))
    ?.at;
}

function outside(
  image: BuiltImage,
  { stage, how, at, written, instruction }: ExternalImage,
  parsed: ImageReference,
  context: Context,
): Counterexample {
  const reference = normaliseReference(parsed);
  const input = { ...buildInput(image), reference };
  return {
    title: `${image.file.path} uses ${reference}, which is not on the allow list`,
    severity: 'high',
    summary: `The build of ${image.label} takes ${reference} (${how}). It is not on ${listName(context)}.`,
    input: { kind: 'dockerfile-build', ...input },
    trace: [
      { at: stage.at, note: `stage ${stage.name ?? stage.index} is part of the build`, role: 'source' },
      { at, note: `${how} ${written.slice(0, 200)} is ${reference}`, role: 'sink' },
    ],
    replay: { engine: 'allowed-bases', args: input },
    grants: ['whoever can push that image runs code in the build and in what ships'],
    identity: ['allowed-bases', stage.name ?? String(stage.index), instruction, how, reference],
  };
}

function listName({ declared }: Context): string {
  return declared.allowedBaseImages === undefined
    ? 'the default list (Docker Official Images, gcr.io/distroless)'
    : 'allowedBaseImages of fourproof.yaml';
}

/** Whether a reference is allowed: by a glob over it with and without tag and digest, or by the default list of repositories. */
export function isAllowed(parsed: ImageReference, globs: readonly string[] | undefined): boolean {
  const { registry, repository, tag, digest } = parsed;
  if (globs === undefined) {
    if (registry === 'docker.io')
      return repository.startsWith('library/') && OFFICIAL_IMAGES.has(repository.slice('library/'.length));
    return registry === 'gcr.io' && repository.startsWith('distroless/');
  }
  const place = { registry, repository };
  const forms = [
    normaliseReference(parsed),
    `${registry}/${repository}`,
    ...(tag === undefined ? [] : [normaliseReference({ ...place, tag })]),
    ...(digest === undefined ? [] : [normaliseReference({ ...place, digest })]),
  ];
  return globs.some((glob) => forms.some((form) => matchesReferenceGlob(glob, form)));
}

async function replayBases(context: Context, { replay: { args } }: Replayable): Promise<ReplayOutcome> {
  const simulation = await rebuild(context, args);
  if (simulation?.ok !== true) return notRebuilt(args);
  const pulled = simulation.pulled.flatMap((reference) =>
    reference === null ? [] : (parseImageReference(reference) ?? []),
  );
  const found = pulled.find((reference) => normaliseReference(reference) === args['reference']);
  const isOutside = found !== undefined && !isAllowed(found, context.declared.allowedBaseImages);
  return {
    confirmed: isOutside,
    steps: [
      ...simulation.steps,
      isOutside
        ? `${normaliseReference(found)} was pulled and is not on the list`
        : 'no image outside the list was pulled',
    ],
  };
}
