import type { FourproofControl } from '../../context.ts';
import { judgeReferences, replayReference } from './judge-references.ts';
import { collectImageReferences } from './references.ts';
import { fixityOfImage } from './registries.ts';
import { rewrittenByKustomize } from './kustomize.ts';

/** Every image that runs or is built from is named by what it is, not by a name that can move. */
export const imageReferences: FourproofControl = {
  id: 'image-references',
  kind: 'exposure',
  title: 'Every image reference in Kubernetes, compose, Dockerfiles and workflows names its bytes',
  needs: ['kubernetes', 'chart', 'compose', 'dockerfile', 'workflow', 'action'],
  async judge(context) {
    const references = await collectImageReferences(context);
    const assessment = judgeReferences(
      {
        engine: 'image-references',
        what: 'image references',
        claim: 'Every image reference names a digest.',
        method: 'every reference is resolved (build arguments, defaults, compose interpolation), parsed and judged by its digest; tags by what their registry allows',
        fixityOf: fixityOfImage,
        searched: ({ facts }) => [...facts.kubernetes, ...facts.compose, ...facts.dockerfile, ...facts.workflow, ...facts.action].map((fact) => fact.path),
        grants: (text) => [`run code of their choice wherever ${text} is pulled next`],
      },
      references,
      context,
    );
    return rewrittenByKustomize(assessment, references, context);
  },
  replay: replayReference,
};
