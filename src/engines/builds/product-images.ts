import { matchesReferenceGlob } from '../../lib/glob.ts';
import { parseImageReference, type ImageReference } from '../../lib/image-reference.ts';
import type { BuiltImage } from './types.ts';

/** Registry and repository of a name that an image is given; undefined where a part of them is open. */
function repositoryOf(name: string): string | undefined {
  const bare = name.split('@')[0] ?? '';
  const colon = bare.lastIndexOf(':');
  const untagged = colon > bare.lastIndexOf('/') ? bare.slice(0, colon) : bare;
  if (untagged === '' || untagged.includes('*')) return undefined;
  const parsed: ImageReference | undefined = parseImageReference(untagged);
  return parsed === undefined ? undefined : `${parsed.registry}/${parsed.repository}`;
}

/**
 * The images of the product that a reference may name: same repository and tag; otherwise a tag that is partly open and
 * fits; otherwise the repository alone, as long as one Dockerfile makes all of its images.
 */
export function productImagesOf(reference: string, images: readonly BuiltImage[]): readonly BuiltImage[] {
  const known = answers.get(images) ?? {
    byRepository: indexOf(images),
    byReference: new Map<string, readonly BuiltImage[]>(),
  };
  answers.set(images, known);
  const before = known.byReference.get(reference);
  if (before !== undefined) return before;
  const found = search(reference, known.byRepository);
  known.byReference.set(reference, found);
  return found;
}

interface NamedImage {
  readonly image: BuiltImage;
  readonly tag: string;
}

/** A product with many images is asked for each of its containers: what was found is kept for as long as its images are. */
const answers = new WeakMap<
  readonly BuiltImage[],
  {
    readonly byRepository: ReadonlyMap<string, readonly NamedImage[]>;
    readonly byReference: Map<string, readonly BuiltImage[]>;
  }
>();

function indexOf(images: readonly BuiltImage[]): ReadonlyMap<string, readonly NamedImage[]> {
  const index = new Map<string, NamedImage[]>();
  for (const image of images) {
    for (const name of image.names) {
      const repository = repositoryOf(name);
      if (repository === undefined) continue;
      const named = index.get(repository);
      if (named === undefined) index.set(repository, [{ image, tag: tagOf(name) }]);
      else named.push({ image, tag: tagOf(name) });
    }
  }
  return index;
}

function search(reference: string, index: ReadonlyMap<string, readonly NamedImage[]>): readonly BuiltImage[] {
  const repository = repositoryOf(reference);
  const named = repository === undefined ? undefined : index.get(repository);
  if (named === undefined) return [];
  const tag = tagOf(reference);
  const exact = named.filter((one) => one.tag === tag);
  const fitting = named.filter((one) => one.tag.includes('*') && matchesReferenceGlob(one.tag, tag));
  const chosen = exact.length > 0 ? exact : fitting.length > 0 ? fitting : named;
  const paths = new Set(chosen.map((one) => one.image.file.path));
  return exact.length > 0 || paths.size === 1 ? [...new Set(chosen.map((one) => one.image))] : [];
}

function tagOf(name: string): string {
  const bare = name.split('@')[0] ?? '';
  const colon = bare.lastIndexOf(':');
  return colon > bare.lastIndexOf('/') ? bare.slice(colon + 1) : 'latest';
}
