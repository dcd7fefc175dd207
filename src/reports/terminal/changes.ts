import type { Status } from '../../model/index.ts';
import type { Changes, VerdictChange } from '../changes.ts';
import { counted, STATUS_WORD } from '../shared/words.ts';
import { blank, clipped, padded, widthOfLine, type Line } from './line.ts';
import { paperOf, type Paper, type TerminalOptions } from './paper.ts';
import { drawDecision, drawRest } from './parts.ts';
import { drawSource } from './source.ts';
import { wrap } from './wrap.ts';

const MOST_FINDINGS = 50;

/** What a change does to the verdicts: those that changed, and the counterexamples that it brings. */
export function renderChanges(changes: Changes, options: TerminalOptions): string {
  const paper = paperOf(options);
  const { verdicts, findings, fixed } = changes;
  if (verdicts.length === 0 && findings.length === 0 && fixed === 0) {
    return paper.paint([[paper.text('No verdict changes and no counterexample is new.')]]);
  }
  const products = new Set([...verdicts, ...findings].map(({ product }) => product));
  const summary = [
    `${counted(verdicts.length, 'verdict')} changed`,
    counted(findings.length, 'new counterexample'),
    `${fixed} gone`,
  ].join(` ${paper.symbols.dot} `);
  return paper.paint([
    ...drawTable(paper, verdicts, products.size > 1),
    ...findings.slice(0, MOST_FINDINGS).flatMap((entry) => drawFinding(paper, entry)),
    ...drawRest(paper, 0, findings.length - MOST_FINDINGS, 'counterexamples'),
    ...wrap([paper.text(summary, findings.length > 0 ? 'strong-open' : 'bold')], paper.columns),
  ]);
}

/** One line a verdict: what it was and what it is, with the side that made it so. */
function drawTable(paper: Paper, verdicts: readonly VerdictChange[], namesProduct: boolean): readonly Line[] {
  if (verdicts.length === 0) return [];
  const names = verdicts.map((change) =>
    paper.text(namesProduct ? `${change.product}: ${change.threat}` : change.threat, 'bold'),
  );
  const width = Math.min(Math.max(...names.map((name) => widthOfLine([name]))) + 2, Math.floor(paper.columns / 2));
  const rows = verdicts.flatMap((change, index) => {
    const name = padded(clipped([names[index] ?? blank(0)], width - 2, paper.symbols.more), width);
    const { before, after, exposure, guard } = change;
    const whole = [
      ...drawStatus(paper, before),
      paper.text(` ${paper.symbols.arrow} `, 'dim'),
      ...drawStatus(paper, after),
    ];
    const row = [...name, ...whole];
    const details = [...drawSide(paper, 'now', exposure), ...drawSide(paper, 'guard', guard)];
    const beside = [...row, blank(2), ...details];
    if (details.length === 0) return [row];
    return widthOfLine(beside) <= paper.columns ? [beside] : [row, ...wrap([blank(4), ...details], paper.columns, 4)];
  });
  return [...rows, []];
}

function drawSide(paper: Paper, name: string, { before, after }: VerdictChange['guard']): Line {
  if (before === after || before === undefined || after === undefined) return [];
  return [paper.text(` ${name}: ${STATUS_WORD[before]} ${paper.symbols.arrow} ${STATUS_WORD[after]}`, 'dim')];
}

function drawStatus(paper: Paper, status: Status | undefined): Line {
  if (status === undefined) return [paper.text('not judged', 'dim')];
  return [paper.text(`${paper.symbols.status[status]} ${STATUS_WORD[status]}`, status)];
}

function drawFinding(paper: Paper, { threat, finding }: Changes['findings'][number]): readonly Line[] {
  const { severity, title, fingerprint, accepted, counterexample } = finding;
  const head = [
    paper.text(severity, severity),
    paper.text(': ', 'bold'),
    paper.text(title, 'bold'),
    paper.text(` (${threat})`, 'dim'),
  ];
  const foot = [paper.text(`fourproof explain ${fingerprint}`, 'command')];
  const note = counterexample.trace.at(-1)?.note ?? '';
  return [
    ...wrap(head, paper.columns, 2),
    ...(accepted === undefined ? [] : drawDecision(paper, 2, 'accepted', accepted)),
    ...drawSource(paper, finding, note, foot, { indent: 0, most: 3, around: false, style: 'open' }),
    [],
  ];
}
