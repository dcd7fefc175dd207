import type { Changes, VerdictChange } from '../changes.ts';
import { counted } from '../shared/words.ts';
import { Budget } from './budget.ts';
import { code, prose } from './escape.ts';
import { findingBlock, statusCell } from './parts.ts';

const MOST_FINDINGS = 20;

/** What a change does to the verdicts, for a comment on its pull request. Never longer than a comment may be. */
export function renderChangesMarkdown(changes: Changes): string {
  const { verdicts, findings, fixed } = changes;
  if (verdicts.length === 0 && findings.length === 0 && fixed === 0) {
    return '### fourproof\n\nNo verdict changes and no counterexample is new.\n';
  }
  const named = new Set([...verdicts, ...findings].map(({ product }) => product)).size > 1;
  const budget = new Budget();
  const rows = verdicts.flatMap((change) => budget.take(rowOf(change, named), 1) ?? []);
  const table =
    rows.length === 0
      ? []
      : [['| Threat | Before | After | Now | Guard |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')];
  const shown = findings.slice(0, MOST_FINDINGS).flatMap(({ product, threat, finding }) => {
    return (
      budget.take(`#### ${named ? `${prose(product, 80)}: ` : ''}${code(threat)}\n\n${findingBlock(finding)}`) ?? []
    );
  });
  const left = findings.length - shown.length;
  const summary = `**${counted(verdicts.length, 'verdict')} changed · ${counted(findings.length, 'new counterexample')} · ${fixed} gone**`;
  const more = left > 0 ? [`${counted(left, 'more new counterexample')}: ${code('fourproof diff --format json')}`] : [];
  return `${['### fourproof', summary, ...table, ...shown, ...more].join('\n\n')}\n`;
}

function rowOf({ product, threat, title, before, after, exposure, guard }: VerdictChange, named: boolean): string {
  const name = `${named ? `${prose(product, 80)}: ` : ''}${prose(title, 80)} (${code(threat)})`;
  return `| ${name} | ${statusCell(before)} | ${statusCell(after)} | ${sideCell(exposure)} | ${sideCell(guard)} |`;
}

function sideCell({ before, after }: VerdictChange['guard']): string {
  return before === after ? statusCell(after) : `${statusCell(before)} → ${statusCell(after)}`;
}
