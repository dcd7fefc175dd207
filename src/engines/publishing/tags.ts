import type { Step } from '../../facts/workflow/types.ts';

/** Where the tag of a pushed image comes from. */
export type TagOrigin =
  | { readonly kind: 'commit' }
  | { readonly kind: 'movable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

const EXPRESSION = /\$\{\{[^}]*\}\}|\$\{[^}]*\}|\$\([^)]*\)|\$\w+|`[^`]*`/g;
/** What is different for every commit; a run has one commit, however often it is run again. */
const OF_COMMIT =
  /github\.sha\b|GITHUB_SHA|github\.event\.(?:pull_request\.head\.sha|after)\b|github\.run_(?:id|number)\b|GITHUB_RUN_(?:ID|NUMBER)|rev-parse|git describe(?![^)]*--abbrev=0)/;
const OF_REF = /github\.(?:ref_name|ref|head_ref|base_ref|event\.release\.tag_name)\b|GITHUB_(?:REF|HEAD_REF|BASE_REF)/;

/** Judges the tag of a reference as the workflow writes it. */
export function originOfTag(reference: string): TagOrigin {
  if (reference.startsWith('type=')) return originOfMetadata(reference);
  const withoutDigest = reference.split('@')[0] ?? '';
  // Expressions may hold colons and slashes of their own.
  const bare = withoutDigest.replace(EXPRESSION, (expression) => '\u0000'.repeat(expression.length));
  const colon = bare.lastIndexOf(':');
  const tag = colon > bare.lastIndexOf('/') ? withoutDigest.slice(colon + 1) : undefined;
  if (tag === undefined) {
    if (/\$|`/.test(withoutDigest)) return { kind: 'undecided', why: `an expression decides \`${reference}\`` };
    return { kind: 'movable', why: 'it has no tag, which means `latest`' };
  }
  const expressions = tag.match(EXPRESSION) ?? [];
  if (expressions.some((expression) => OF_COMMIT.test(expression))) return { kind: 'commit' };
  if (expressions.length === 0) return { kind: 'movable', why: `the tag \`${tag}\` is the same for every commit` };
  if (expressions.every((expression) => OF_REF.test(expression)))
    return {
      kind: 'movable',
      why: `the tag \`${tag}\` is the name of a branch or of a git tag, which can move to another commit`,
    };
  return { kind: 'undecided', why: `an expression decides the tag \`${tag}\`` };
}

/** What docker/metadata-action makes of one line of its `tags` input: https://github.com/docker/metadata-action. */
function originOfMetadata(line: string): TagOrigin {
  const type = /^type=(\w+)/.exec(line)?.[1];
  if (type === 'sha') return { kind: 'commit' };
  const enabled = /(?:^|,)enable=(\$\{\{[^}]*\}\}|[^,]*)/.exec(line)?.[1] ?? 'true';
  if (enabled.includes('${{'))
    return { kind: 'undecided', why: `an expression decides whether \`${line}\` gives a tag` };
  if (type === 'raw') return originOfTag(`image:${/(?:^|,)value=([^,]+)/.exec(line)?.[1] ?? ''}`);
  return { kind: 'movable', why: `\`${line}\` gives a name that several commits can have` };
}

/** Lines of the metadata step that a tag expression takes its tags from; undefined where it takes none from one. */
export function tagsOfMetadata(tag: string, steps: readonly Step[]): readonly string[] | undefined {
  const id = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/.exec(tag)?.[1];
  const step =
    id === undefined
      ? undefined
      : steps.find(
          (candidate) => candidate.id === id && candidate.uses?.text.startsWith('docker/metadata-action@') === true,
        );
  if (step === undefined) return undefined;
  const lines = (step.with.get('tags')?.text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  // Its defaults are the branch, the tag and the pull request, and `latest` for tags.
  if (lines.length === 0) return ['type=ref,event=branch'];
  return lines
    .map((line) => (line.startsWith('type=') ? line : `type=raw,value=${line}`))
    .filter((line) => !/(?:^|,)enable=false(?:,|$)/.test(line));
}
