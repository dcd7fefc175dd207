import { expand } from '../../../engines/builds/expand.ts';
import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { buildGraph, walkReachable } from '../../../engines/builds/graph.ts';
import type { BuiltImage } from '../../../engines/builds/types.ts';
import type { Stage, TransferInstruction } from '../../../facts/dockerfile/types.ts';
import type { Counterexample, Gap, Replayable, ReplayOutcome, SourceLocation, Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { notRebuilt, rebuild } from './replay-build.ts';
import { BUILD_FACTS, buildGaps, buildInput, noDockerfile } from './shared.ts';

/** ADD fetches nothing that could change without notice. */
export const noRemoteAdd: FourproofControl = {
  id: 'no-remote-add',
  kind: 'exposure',
  title: 'Nothing is fetched by ADD without a checksum',
  needs: BUILD_FACTS,
  async judge(context) {
    const { images, doubts } = await findBuilds(context);
    if (context.facts.dockerfile.length === 0 && doubts.length === 0)
      return { proof: noDockerfile('the product has no ADD instruction'), counterexamples: [], gaps: [] };
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = buildGaps(images, doubts);
    const witnesses: Witness[] = [];
    for (const image of images) {
      walkReachable(image, buildGraph(image), (instruction, look, stage) => {
        if (instruction.keyword !== 'ADD' || instruction.from !== undefined) return;
        const sum =
          instruction.checksum === undefined ? undefined : expand(instruction.checksum.text, look, image.file.escape);
        for (const written of instruction.sources) {
          const source = expand(written.text, look, image.file.escape);
          const closed = { at: written.at, closes: 'write the URL and its checksum as literals' };
          if (!source.known) {
            // Whatever the variables are, a file from the web without a checksum stays one.
            const isWebFile = /^["']?https?:\/\//i.test(written.text) && !/\.git(?:[#?]|$)/i.test(written.text);
            if (isWebFile && instruction.checksum === undefined)
              counterexamples.push(remoteAdd(image, stage, instruction, written.text, written.at));
            // A path that starts with a literal folder is not a URL, whatever its variables are.
            else if (/^["']?(?:\$|https?:|git@)/i.test(written.text))
              gaps.push({
                reason: 'unresolved-value',
                message: `${image.label}: what ADD ${written.text.slice(0, 200)} fetches is not known`,
                ...closed,
              });
          } else if (isRemoteSource(source.text)) {
            if (sum?.known === false)
              gaps.push({
                reason: 'unresolved-value',
                message: `${image.label}: the checksum of ADD ${written.text.slice(0, 200)} is not known`,
                ...closed,
              });
            else if (isFixed(source.text, sum?.text))
              witnesses.push({
                at: written.at,
                note: `${source.text.slice(0, 200)} is fixed by its ${sum === undefined ? 'commit' : 'checksum'}`,
              });
            else counterexamples.push(remoteAdd(image, stage, instruction, source.text, written.at));
          }
        }
      });
    }
    return conclude({
      claim: 'no build fetches a file or a repository by ADD without a checksum or a full commit',
      what: 'builds whose ADD instructions were read',
      elements: images.map((image) => image.label),
      method: 'every ADD of every stage that the target needs, with variables replaced. Modelled, nothing was fetched.',
      witnesses,
      counterexamples,
      gaps,
    });
  },
  replay: replayAdd,
};

function isRemoteSource(source: string): boolean {
  return /^(?:https?:\/\/|git@|git:\/\/|ssh:\/\/)/i.test(source);
}

/** A checksum fixes a file, a full commit a git repository. */
function isFixed(source: string, checksum: string | undefined): boolean {
  if (checksum !== undefined && /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/i.test(checksum))
    return true;
  if (!/^(?:git@|git:|ssh:)|\.git(?:[#?]|$)/i.test(source.slice(0, 4000))) return false;
  if (checksum !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(checksum)) return true;
  return /(?:#|[?&](?:ref|commit|checksum)=)[0-9a-f]{40}(?:[0-9a-f]{24})?(?:[:&]|$)/i.test(source.slice(0, 4000));
}

/** An address as it may be shown: user, password and query may be credentials. */
function withoutCredentials(source: string): string {
  return source
    .replace(/\/\/[^/@]{1,300}@/, '//')
    .replace(/\?[^#]*/, '?…')
    .slice(0, 300);
}

function remoteAdd(
  image: BuiltImage,
  stage: Stage,
  instruction: TransferInstruction,
  source: string,
  at: SourceLocation,
): Counterexample {
  const shown = withoutCredentials(source);
  const input = { ...buildInput(image), source: shown };
  return {
    title: `ADD fetches ${shown} without a checksum`,
    severity: 'medium',
    summary: `The build of ${image.label} takes whatever ${shown} answers at that moment into stage ${stage.name ?? stage.index}.`,
    input: { kind: 'dockerfile-build', ...input },
    trace: [
      { at: stage.at, note: `stage ${stage.name ?? stage.index} is part of the build`, role: 'source' },
      { at, note: `fetched without a checksum`, role: 'sink' },
    ],
    replay: { engine: 'no-remote-add', args: input },
    grants: ['whoever controls that address, or the way to it, puts files into the image'],
    identity: [
      'no-remote-add',
      stage.name ?? String(stage.index),
      instruction.at.route ?? '',
      instruction.text.slice(0, 500),
    ],
  };
}

async function replayAdd(context: Context, { replay: { args } }: Replayable): Promise<ReplayOutcome> {
  const simulation = await rebuild(context, args);
  if (simulation?.ok !== true) return notRebuilt(args);
  const hit = simulation.fetched.find(
    ({ source, checksum }) =>
      withoutCredentials(source) === args['source'] && !isFixed(source, checksum === '' ? undefined : checksum),
  );
  return { confirmed: hit !== undefined, steps: simulation.steps };
}
