import { buildGraph } from '../../../engines/builds/graph.ts';
import type { BuiltImage, Doubt } from '../../../engines/builds/types.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Absence, type Gap, type Json } from '../../../model/index.ts';
import { isSecretName } from './secret-names.ts';

/** Kinds of facts that say what is built and how. */
export const BUILD_FACTS = ['dockerfile', 'workflow', 'action', 'compose'] as const;

const LOOKED_FOR = [
  'Dockerfile',
  'Dockerfile.*',
  '*.Dockerfile',
  '*-Dockerfile',
  'dockerfile',
  '*.dockerfile',
  'Containerfile',
  'Containerfile.*',
  '*.Containerfile',
];

/** No Dockerfile is there to judge. */
export function noDockerfile(claim: string): Absence {
  return proveAbsence({
    claim,
    what: 'names that Dockerfiles have, in every folder',
    elements: LOOKED_FOR,
    digest: sha256,
    method: 'every file of the product was compared by name, and no build in sight names another file of it',
  });
}

/** What the sources leave open about the builds, as gaps. */
export function buildGaps(images: readonly BuiltImage[], doubts: readonly Doubt[]): Gap[] {
  const open = images.flatMap((image): Gap[] => {
    const at = image.builds[0]?.at ?? image.file.at;
    if (image.target?.includes('*') === true) {
      const written = image.builds[0]?.target;
      const shown = written?.known === false ? written.written : image.target;
      return [
        {
          reason: 'unresolved-value',
          message: `${image.label}: the target ${shown} is not known`,
          at,
          closes: 'write the target as a literal',
        },
      ];
    }
    const { broken } = buildGraph(image);
    return broken === undefined
      ? []
      : [
          {
            reason: 'unresolved-value',
            message: `${image.label}: ${broken}`,
            at,
            closes: 'mend the Dockerfile, or name one of its stages as target',
          },
        ];
  });
  return [...doubts, ...open];
}

/** One build as a replay takes it. Arguments whose name says secret are not carried. */
export function buildInput(image: BuiltImage): { readonly [key: string]: Json } {
  const args = [...image.args].map(
    ([name, value]) => [name, isSecretName(name) ? 'redacted' : value.known ? value.text : null] as const,
  );
  return {
    dockerfile: image.file.path,
    target: image.target?.includes('*') === true ? '' : (image.target ?? ''),
    args: Object.fromEntries(args),
    platform: image.platform,
    contexts: Object.fromEntries(image.contexts),
    assumed: image.builds.length === 0,
  };
}
