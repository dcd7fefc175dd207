import { knownText } from '../terraform/known-text.ts';
import { matchesReferenceGlob } from '../../lib/glob.ts';
import { parseImageReference } from '../../lib/image-reference.ts';
import type { SourceLocation } from '../../model/index.ts';
import type { TreeEvaluation } from '../terraform/evaluate-tree.ts';
import { accountOf, attributeOfResource, type ResourceInstance, type TfValue } from '../terraform/index.ts';

/** What a registry that is declared in Terraform lets people do with the tags of one repository. */
export interface TagSetting {
  /** Address of the resource. */
  readonly resource: string;
  readonly at: SourceLocation;
  /** Name of the repository; undefined where it is not known. */
  readonly repository: string | undefined;
  /** Twelve digits, where the provider says them. */
  readonly account: string | undefined;
  readonly tags: 'locked' | 'movable' | 'unknown';
  /** Tags that stay movable although the others are locked, or the other way round: globs. */
  readonly exceptions: readonly string[];
  readonly why: string;
}

/** The ECR repositories of a tree and what they do with tags: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html. */
export function tagSettings({ roots }: TreeEvaluation): TagSetting[] {
  return roots.flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      resource.mode === 'managed' && resource.type === 'aws_ecr_repository' ? [settingOf(resource)] : [],
    ),
  );
}

function settingOf(resource: ResourceInstance): TagSetting {
  const mutability = resource.values.entries.get('image_tag_mutability');
  const written = mutability === undefined || mutability.kind === 'null' ? 'MUTABLE' : knownText(mutability);
  const exceptions = filtersOf(resource.values.entries.get('image_tag_mutability_exclusion_filter'));
  const account = accountOf(resource);
  const head = {
    resource: resource.address,
    at: mutability === undefined ? resource.headAt : mutability.origin.at,
    repository: knownText(attributeOfResource(resource, 'name')),
    account: knownText(account),
    exceptions,
  };
  switch (written) {
    case 'IMMUTABLE':
    case 'IMMUTABLE_WITH_EXCLUSION':
      return { ...head, tags: 'locked', why: `${resource.address} has image_tag_mutability = "${written}"` };
    case 'MUTABLE':
    case 'MUTABLE_WITH_EXCLUSION': {
      const default_ = mutability === undefined ? ', by default' : '';
      return {
        ...head,
        tags: 'movable',
        why: `${resource.address} has image_tag_mutability = "${written}"${default_}`,
      };
    }
    default:
      return { ...head, tags: 'unknown', why: `the image_tag_mutability of ${resource.address} is not known` };
  }
}

function filtersOf(value: TfValue | undefined): string[] {
  if (value?.kind !== 'list') return [];
  return value.items.flatMap((item) => (item.kind === 'object' ? (knownText(item.entries.get('filter')) ?? '*') : '*'));
}

/** What the settings in sight say of the tag of a reference; undefined where none speaks of its repository. */
export function settingFor(
  text: string,
  settings: readonly TagSetting[],
): { readonly tags: TagSetting['tags']; readonly why: string } | undefined {
  const reference = parseImageReference(text.trim());
  const account =
    reference === undefined
      ? undefined
      : /^(\d{12})\.dkr\.ecr\.[\w-]+\.amazonaws\.com(?:\.cn)?$/.exec(reference.registry)?.[1];
  if (reference === undefined || account === undefined) return undefined;
  const speaking = settings.filter(
    (one) => one.repository === reference.repository && (one.account === undefined || one.account === account),
  );
  const tag = reference.tag ?? 'latest';
  const answers = speaking.map((one) => {
    const isException = one.exceptions.some((glob) => matchesReferenceGlob(glob, tag));
    const flipped = one.tags === 'locked' ? 'movable' : one.tags === 'movable' ? 'locked' : 'unknown';
    return {
      tags: isException ? flipped : one.tags,
      why: isException ? `${one.why}, except for \`${tag}\`` : one.why,
    } as const;
  });
  return answers.find((one) => one.tags === 'movable') ?? answers.find((one) => one.tags === 'unknown') ?? answers[0];
}
