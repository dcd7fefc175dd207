import { findBuilds } from '../../../engines/builds/find-builds.ts';
import { tagSettings } from '../../../engines/registries/tag-settings.ts';
import type { Assessment, Gap } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { renderedBy } from '../../rendered.ts';
import { judgeReferences, replayReference } from './judge-references.ts';
import { collectImageReferences } from './references.ts';
import { fixityOfImage } from './registries.ts';
import { readKustomizations, rewrittenByKustomize } from './kustomize.ts';

/** Every image that runs or is built from is named by what it is, not by a name that can move. */
export const imageReferences: FourproofControl = {
  id: 'image-references',
  kind: 'exposure',
  title: 'Every image reference in Kubernetes, compose, Dockerfiles and workflows names its bytes',
  needs: ['kubernetes', 'chart', 'kustomization', 'compose', 'dockerfile', 'workflow', 'action', 'terraform'],
  async judge(context) {
    const settings = tagSettings(context.terraform);
    const kustomizations = await readKustomizations(context);
    const references = [...(await collectImageReferences(context)), ...kustomizations.references];
    const assessment = judgeReferences(
      {
        engine: 'image-references',
        what: 'image references',
        claim: 'Every image reference names a digest, or a tag that its registry lets nobody push again.',
        method:
          'every reference is resolved (build arguments, defaults, compose interpolation), parsed and judged by its digest; tags by what their registry allows' +
          renderedBy(context),
        fixityOf: (text) => fixityOfImage(text, settings),
        searched: ({ facts }) =>
          [...facts.kubernetes, ...facts.compose, ...facts.dockerfile, ...facts.workflow, ...facts.action].map(
            (fact) => fact.path,
          ),
        grants: (text) => [`run code of their choice wherever ${text} is pulled next`],
      },
      references,
      context,
    );
    const rewritten = rewrittenByKustomize(assessment, references, kustomizations);
    const doubts = await openBases(context);
    return doubts.length === 0 ? rewritten : ({ ...rewritten, gaps: [...rewritten.gaps, ...doubts] } as Assessment);
  },
  replay: replayReference,
};

/** Builds that are not followed can give other arguments to a base that is one. */
async function openBases(context: Context): Promise<Gap[]> {
  const hasArgument = context.facts.dockerfile.some((file) =>
    file.stages.some((stage) => stage.from.text.includes('$')),
  );
  const { doubts } = await findBuilds(context);
  return doubts
    .filter((doubt) => hasArgument || doubt.unread === true)
    .map(({ reason, message, at, closes }): Gap => ({
      reason,
      message,
      identity: `build ${message}`,
      ...(at === undefined ? {} : { at }),
      ...(closes === undefined ? {} : { closes }),
    }));
}
