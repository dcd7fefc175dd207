import type { Job } from '../../facts/workflow/types.ts';

/** Where the tag of a pushed image comes from. */
export type TagOrigin =
  | { readonly kind: 'commit' }
  | { readonly kind: 'movable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

/** Judges the tag of a reference as the workflow writes it. */
export function originOfTag(reference: string): TagOrigin {
  if (reference.startsWith('type=')) return originOfMetadata(reference);
  const withoutDigest = reference.split('@')[0] ?? '';
  // Expressions may hold colons and slashes of their own.
  const bare = withoutDigest.replace(/\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)/g, (expression) => '\u0000'.repeat(expression.length));
  const colon = bare.lastIndexOf(':');
  const tag = colon > bare.lastIndexOf('/') ? withoutDigest.slice(colon + 1) : undefined;
  if (tag === undefined) {
    if (/\$/.test(withoutDigest)) return { kind: 'undecided', why: `an expression decides \`${reference}\`` };
    return { kind: 'movable', why: 'it has no tag, which means `latest`' };
  }
  if (/github\.sha|GITHUB_SHA|github\.event\.(?:pull_request\.head\.sha|after)|rev-parse|describe --|commit|\bsha\b/i.test(tag)) return { kind: 'commit' };
  if (/github\.(?:ref_name|ref|head_ref|base_ref)|GITHUB_REF/.test(tag)) return { kind: 'movable', why: `the tag \`${tag}\` is the name of a branch or a tag, and is pushed again with each commit to it` };
  if (/\$/.test(tag)) return { kind: 'undecided', why: `an expression decides the tag \`${tag}\`` };
  return { kind: 'movable', why: `the tag \`${tag}\` is the same for every commit` };
}

/** What docker/metadata-action makes of one line of its `tags` input. */
function originOfMetadata(line: string): TagOrigin {
  const type = /^type=(\w+)/.exec(line)?.[1];
  if (type === 'sha') return { kind: 'commit' };
  if (type === 'raw') {
    const value = /value=([^,]+)/.exec(line)?.[1] ?? '';
    return originOfTag(`image:${value}`);
  }
  return { kind: 'movable', why: `\`${line}\` gives a name that several commits can have` };
}

/** Lines of the metadata step that a tag expression takes its tags from; undefined where it takes none from one. */
export function tagsOfMetadata(tag: string, job: Job): readonly string[] | undefined {
  const id = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/.exec(tag)?.[1];
  if (id === undefined) return undefined;
  const step = job.steps.find((candidate) => candidate.id === id && candidate.uses?.text.startsWith('docker/metadata-action@') === true);
  if (step === undefined) return undefined;
  const lines = (step.with.get('tags')?.text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  // Its defaults are the branch, the tag and the pull request, and `latest` for tags.
  return lines.length > 0 ? lines.map((line) => (line.startsWith('type=') ? line : `type=raw,value=${line}`)) : ['type=ref,event=branch'];
}
