import { kustomizeChanges, type KustomizeChanges } from '../../../engines/kustomize/changes.ts';
import type { ImageChange, KustomizationFact } from '../../../facts/kustomization/types.ts';
import type { Assessment, Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { notRendered, RENDER } from '../../rendered.ts';
import type { Reference } from './reference.ts';

/** What the kustomizations of a product that are not rendered say about images. */
export interface Kustomizations {
  /** `images` entries that set a tag or a digest: each is a reference of its own. */
  readonly references: readonly Reference[];
  readonly changes: KustomizeChanges;
  /** Bases, charts and programs whose objects are not in this tree. */
  readonly gaps: readonly Gap[];
}

/** Reads what kustomizations make of images: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/. */
export async function readKustomizations(context: Pick<Context, 'facts' | 'tree'>): Promise<Kustomizations> {
  const changes = await kustomizeChanges(context);
  const open = context.facts.kustomization.filter(({ rendered }) => rendered === undefined);
  return {
    references: open.flatMap(({ images }) => images.flatMap(referenceOf)),
    changes,
    gaps: gapsOf(open, changes),
  };
}

/** The image that an entry puts in the place of another, where it says which version. */
function referenceOf({ name, newName, newTag, digest }: ImageChange): Reference[] {
  const version = digest ?? newTag;
  if (version === undefined) return [];
  const text = `${newName?.text ?? name.text}${digest === undefined ? ':' : '@'}${version.text}`;
  return [
    {
      text,
      written: text,
      token: version.text,
      at: version.at,
      user: `kustomization image ${name.text}`,
      missing: [],
      origin: 'kustomization',
    },
  ];
}

function gapsOf(facts: readonly KustomizationFact[], { hidden }: KustomizeChanges): Gap[] {
  return hidden.map(({ by, at, what, isPlugin }) => {
    const folder = facts.find(({ path }) => path === by)?.folder ?? '';
    return {
      reason: 'not-in-sight',
      message: `${by} takes objects from ${what}, and the images that they run are not in this tree`,
      at,
      identity: what,
      closes: isPlugin
        ? `kubectl kustomize ${folder || '.'}, and its objects in the repository in place of the plugin`
        : `kustomize localize ${folder || '.'}`,
    };
  });
}

/**
 * A reference that a kustomization may rewrite is open to neither verdict: its counterexample becomes a gap. One that a
 * patch may replace is a gap also where it is fixed: what is put in its place is not seen.
 */
export function rewrittenByKustomize(
  assessment: Assessment,
  references: readonly Reference[],
  { changes, gaps }: Kustomizations,
): Assessment {
  const moved = new Map<string, Gap>();
  const added: Gap[] = [];
  for (const { object, written, user, at } of references) {
    if (object === undefined) continue;
    const patch = changes.patching(object, 'image');
    const change = patch ?? changes.rewriting(object, written);
    if (change === undefined) continue;
    const gap: Gap = {
      reason: 'unrendered-template',
      message: `${user} runs \`${written}\`, and ${change.by} may name another image for it when it is applied${notRendered(change)}`,
      at,
      identity: `${user} ${written}`,
      closes: RENDER,
    };
    moved.set(JSON.stringify([at.path, user, written]), gap);
    if (patch !== undefined) added.push(gap);
  }
  const affected = assessment.counterexamples.flatMap(({ trace, identity }) => {
    const gap = moved.get(JSON.stringify([trace[0].at.path, ...identity]));
    return gap === undefined ? [] : [gap];
  });
  const kept = assessment.counterexamples.filter(
    ({ trace, identity }) => !moved.has(JSON.stringify([trace[0].at.path, ...identity])),
  );
  const all = [...assessment.gaps, ...new Set([...affected, ...added]), ...gaps];
  return { ...assessment, counterexamples: kept, gaps: all } as Assessment;
}
