import { topOf } from '../../../lib/text-position.ts';
import { child, itemsOf, parseYaml, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import { parseImageReference } from '../../../lib/image-reference.ts';
import type { Assessment, Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import type { Reference } from './reference.ts';

const LARGEST = 1_000_000;

/** What the kustomizations of a tree say about images. */
export interface Kustomizations {
  /** `images` entries that set a tag or a digest: each is a reference of its own. */
  readonly references: readonly Reference[];
  /** Repositories that some kustomization rewrites, with its path. */
  readonly rewritten: ReadonlyMap<string, string>;
  /** Kustomizations that cannot be read, and bases that are not in this tree. */
  readonly gaps: readonly Gap[];
}

/** Reads `images` and `resources` of every kustomization: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/. */
export async function readKustomizations({ tree }: Context): Promise<Kustomizations> {
  const references: Reference[] = [];
  const rewritten = new Map<string, string>();
  const gaps: Gap[] = [];
  for (const { path, size } of tree.files) {
    if (!/(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path)) continue;
    const content = size > LARGEST ? undefined : await tree.read(path);
    for (const document of content?.ok === true ? parseYaml(path, decodeText(content.bytes)) : [undefined]) {
      if (document?.ok !== true) {
        gaps.push({
          reason: 'unparsed-file',
          message: `${path} cannot be read, and may rewrite images`,
          at: document?.at ?? topOf(path),
          identity: path,
        });
        continue;
      }
      for (const image of itemsOf(child(document.root, 'images'))) {
        const name = textOf(child(image, 'name')) ?? '';
        rewritten.set(repositoryOf(name) ?? name, path);
        references.push(...referenceOf(image, name));
      }
      for (const key of ['resources', 'bases', 'components'])
        gaps.push(...itemsOf(child(document.root, key)).flatMap((item) => remoteBase(item, path)));
    }
  }
  return { references, rewritten, gaps };
}

/** The image that an entry puts in the place of another, where it says which version. */
function referenceOf(image: YamlNode, name: string): Reference[] {
  const tag = child(image, 'newTag');
  const digest = child(image, 'digest');
  const version = textOf(digest) ?? textOf(tag);
  const at = digest?.at ?? tag?.at;
  if (version === undefined || at === undefined) return [];
  const repository = textOf(child(image, 'newName')) ?? name;
  const text = `${repository}${textOf(digest) === undefined ? ':' : '@'}${version}`;
  return [
    {
      text,
      written: text,
      token: version,
      at,
      user: `kustomization image ${name}`,
      missing: [],
      origin: 'kustomization',
    },
  ];
}

function remoteBase(item: YamlNode, path: string): Gap[] {
  const text = textOf(item) ?? '';
  if (!/^(?:https?:|git@|ssh:|git::|github\.com\/)/.test(text)) return [];
  return [
    {
      reason: 'not-in-sight',
      message: `${path} takes objects from ${text}, and the images that they run are not in this tree`,
      at: item.at,
      identity: text,
      closes: `kubectl kustomize ${folderOf(path)} > rendered.yaml`,
    },
  ];
}

/** A reference that a kustomization may rewrite is open to neither verdict: its counterexample becomes a gap. */
export function rewrittenByKustomize(
  assessment: Assessment,
  references: readonly Reference[],
  { rewritten, gaps }: Kustomizations,
): Assessment {
  const affected = new Map<string, string>();
  for (const { written, user, at, origin } of references) {
    const by = origin === 'kubernetes' ? rewritten.get(repositoryOf(written) ?? written) : undefined;
    if (by !== undefined) affected.set(JSON.stringify([at.path, user, written]), by);
  }
  const byOf = ({ identity, trace }: Assessment['counterexamples'][number]): string | undefined =>
    affected.get(JSON.stringify([trace[0].at.path, ...identity]));
  const moved = assessment.counterexamples.flatMap((counterexample): Gap[] => {
    const by = byOf(counterexample);
    if (by === undefined) return [];
    const { identity, trace } = counterexample;
    const [user, written = ''] = identity;
    const message = `${user} runs \`${written}\`, and ${by} may name another image for it when it is applied`;
    return [
      {
        reason: 'unrendered-template',
        message,
        at: trace[0].at,
        identity: identity.join(' '),
        closes: `kubectl kustomize ${folderOf(by)} > rendered.yaml`,
      },
    ];
  });
  const kept = assessment.counterexamples.filter((counterexample) => byOf(counterexample) === undefined);
  return { ...assessment, counterexamples: kept, gaps: [...assessment.gaps, ...moved, ...gaps] } as Assessment;
}

function repositoryOf(text: string): string | undefined {
  const parsed = parseImageReference(text.split('@')[0] ?? '');
  return parsed === undefined ? undefined : `${parsed.registry}/${parsed.repository}`;
}

function folderOf(path: string): string {
  return path.replace(/\/?[^/]+$/, '') || '.';
}
