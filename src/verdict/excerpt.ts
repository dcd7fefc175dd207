import { decodeText } from '../lib/tree-views.ts';
import type { Counterexample, Excerpt, FileTree, SourceLocation, Verdict } from '../model/index.ts';

const AROUND = 2;
const MOST_LINES = 12;
const LONGEST_LINE = 240;

/** Adds source lines to every finding, with every sensitive range of the whole result masked. */
export async function addExcerpts(
  verdicts: readonly Verdict[],
  counterexamples: readonly Counterexample[],
  tree: FileTree,
): Promise<Verdict[]> {
  const sensitive = groupByPath(counterexamples);
  const texts = new Map<string, readonly string[] | undefined>();

  async function linesOf(path: string): Promise<readonly string[] | undefined> {
    if (!texts.has(path)) {
      const content = await tree.read(path);
      texts.set(
        path,
        content.ok ? maskRanges(decodeText(content.bytes).split('\n'), sensitive.get(path) ?? []) : undefined,
      );
    }
    return texts.get(path);
  }

  const result: Verdict[] = [];
  for (const verdict of verdicts) {
    const findings = [];
    for (const finding of verdict.findings) {
      // Other versions of a file have other lines.
      const isOfTree = finding.location.revision === undefined;
      const lines = isOfTree ? await linesOf(finding.location.path) : undefined;
      findings.push(lines === undefined ? finding : { ...finding, excerpt: cut(lines, finding.location) });
    }
    result.push({ ...verdict, findings });
  }
  return result;
}

function groupByPath(counterexamples: readonly Counterexample[]): Map<string, SourceLocation[]> {
  const groups = new Map<string, SourceLocation[]>();
  for (const range of counterexamples.flatMap((item) => item.sensitive ?? [])) {
    if (range.revision !== undefined) continue;
    groups.set(range.path, [...(groups.get(range.path) ?? []), range]);
  }
  return groups;
}

/** Every character of the ranges becomes a dot, so that columns stay. */
function maskRanges(lines: string[], ranges: readonly SourceLocation[]): readonly string[] {
  for (const { startLine, startColumn, endLine, endColumn } of ranges) {
    for (let line = startLine; line <= endLine; line++) {
      const text = lines[line - 1];
      if (text === undefined) continue;
      const from = line === startLine ? startColumn - 1 : 0;
      const to = line === endLine ? endColumn - 1 : text.length;
      lines[line - 1] =
        text.slice(0, from) + '•'.repeat(Math.max(0, Math.min(to, text.length) - from)) + text.slice(to);
    }
  }
  return lines;
}

function cut(lines: readonly string[], { startLine, endLine }: SourceLocation): Excerpt {
  const from = Math.max(1, startLine - AROUND);
  const to = Math.min(lines.length, Math.min(endLine, startLine + MOST_LINES - 2 * AROUND) + AROUND);
  return {
    startLine: from,
    lines: lines.slice(from - 1, to).map((line) => line.replace(/\r$/, '').slice(0, LONGEST_LINE)),
  };
}
