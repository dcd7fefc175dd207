import type { SourceLocation } from '../../model/index.ts';
import type { SecretHit } from './hit.ts';

/** A `.gitleaksignore`: the place of each entry by `file:rule:line`. */
export type IgnoreList = ReadonlyMap<string, SourceLocation>;

/** Reads a `.gitleaksignore`. Entries with a commit are about the history and play no part in a tree. */
export function readIgnoreFile(path: string, text: string): IgnoreList {
  const entries = new Map<string, SourceLocation>();
  text.split('\n').forEach((raw, index) => {
    const entry = raw.trim();
    const parts = entry.split(':');
    if (entry.startsWith('#') || parts.length !== 3) return;
    const [file = '', rule = '', line = ''] = parts;
    const at = { path, startLine: index + 1, startColumn: 1, endLine: index + 1, endColumn: entry.length + 1 };
    entries.set(`${file.replaceAll('\\', '/')}:${kindOf(rule)}:${line}`, at);
  });
  return entries;
}

/** The entry that is about a hit. gitleaks counts the line on which the match begins. */
export function isIgnored(list: IgnoreList, hit: SecretHit): SourceLocation | undefined {
  const key = (line: number): string => `${hit.location.path}:${kindOf(hit.rule)}:${line}`;
  return list.get(key(hit.match.startLine)) ?? list.get(key(hit.location.startLine));
}

/** Our generic rules are finer than gitleaks' one; an entry for one of them means them all. */
function kindOf(rule: string): string {
  return rule.startsWith('generic-') ? 'generic' : rule;
}
