import { settingFor, type TagSetting } from '../../../engines/registries/tag-settings.ts';
import { parseImageReference, type ImageReference } from '../../../lib/image-reference.ts';

/** What a reference says about the bytes that run. */
export type Fixity =
  | { readonly kind: 'fixed'; readonly why: string }
  | { readonly kind: 'movable'; readonly why: string; readonly severity: 'medium' | 'high' }
  | { readonly kind: 'by-registry'; readonly registry: string; readonly why: string }
  | { readonly kind: 'no-reference'; readonly why: string };

/** Registries where whoever may push may also move a tag, and no setting of the owner's prevents it for others. */
const MOVABLE = new Set(['docker.io', 'registry-1.docker.io', 'ghcr.io', 'quay.io']);

const FULL_DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Judges an image reference by its digest, its tag and what its registry lets people do with tags. */
export function fixityOfImage(text: string, settings: readonly TagSetting[] = []): Fixity {
  const reference = parseImageReference(text.trim());
  if (reference === undefined) return { kind: 'no-reference', why: 'it is no image reference' };
  if (reference.digest !== undefined && !FULL_DIGEST.test(reference.digest))
    return { kind: 'no-reference', why: 'its digest is no whole SHA-256 or SHA-512' };
  if (reference.digest !== undefined)
    return { kind: 'fixed', why: `the digest ${shortDigest(reference.digest)} names the bytes` };
  const named = tagOf(reference);
  if (MOVABLE.has(reference.registry)) {
    const why = `${named}, and in ${reference.registry} whoever may push can move a tag`;
    return {
      kind: 'movable',
      why,
      severity: reference.tag === undefined || reference.tag === 'latest' ? 'high' : 'medium',
    };
  }
  const setting = settingFor(text, settings);
  if (setting?.tags === 'locked')
    return { kind: 'fixed', why: `${named}, and ${setting.why}: it cannot be pushed again` };
  if (setting?.tags === 'movable') return { kind: 'movable', why: `${named}, and ${setting.why}`, severity: 'medium' };
  if (setting !== undefined)
    return { kind: 'by-registry', registry: reference.registry, why: `${named}, and ${setting.why}` };
  return {
    kind: 'by-registry',
    registry: reference.registry,
    why: `${named}, and whether ${reference.registry} lets it be overwritten is a setting that is not in sight`,
  };
}

function tagOf({ tag }: ImageReference): string {
  return tag === undefined ? 'it has neither tag nor digest, which means `latest`' : `the tag \`${tag}\` is a name`;
}

function shortDigest(digest: string): string {
  return `${digest.slice(0, digest.indexOf(':') + 13)}…`;
}

/** Owner and name of an action, a folder in it, and the git reference: `actions/cache/save@v4`. */
const ACTION = /^([\w.-]+\/[\w.-]+(?:\/[^@\s]+)?)@(\S+)$/;

/** Judges the reference of an action or a reusable workflow: only a full commit names its bytes. */
export function fixityOfAction(text: string): Fixity {
  const [, name, ref] = ACTION.exec(text.trim()) ?? [];
  if (name === undefined || ref === undefined) return { kind: 'no-reference', why: 'it is no action reference' };
  if (/^[0-9a-f]{40}$/i.test(ref)) return { kind: 'fixed', why: `the commit ${ref.slice(0, 12)}… names the bytes` };
  const repository = name.split('/').slice(0, 2).join('/');
  if (/^[0-9a-f]{7,39}$/i.test(ref))
    return {
      kind: 'movable',
      why: `\`${ref}\` is a short commit, which a tag or branch of that name in ${repository} takes the place of`,
      severity: 'medium',
    };
  const isBranch = /^(?:main|master|develop|trunk|HEAD)$/.test(ref);
  const what = isBranch
    ? `the branch \`${ref}\` moves with every commit`
    : `\`${ref}\` is a tag or a branch, which whoever may push to ${repository} can move`;
  return { kind: 'movable', why: what, severity: isBranch || !/^(?:actions|github)\//.test(name) ? 'high' : 'medium' };
}
