import type { Verdict } from '../../model/index.ts';
import { bestFinding, bestGap, gapsOf, standing } from '../shared/pick.ts';
import { counted } from '../shared/words.ts';
import { blank, clipped, widthOfLine, type Line } from './line.ts';
import type { Paper } from './paper.ts';
import { drawSource } from './source.ts';
import { wrap } from './wrap.ts';

const INDENT = 4;

/** What stands under a threat: the best counterexample of an open one, the gap of an unknown one, nothing else. */
export function drawDetails(paper: Paper, verdict: Verdict): readonly Line[] {
  if (verdict.status === 'open') return drawCounterexample(paper, verdict);
  if (verdict.status === 'unknown') return drawGap(paper, verdict);
  return [];
}

function drawCounterexample(paper: Paper, verdict: Verdict): readonly Line[] {
  const finding = bestFinding(verdict);
  if (finding === undefined) return [];
  const { severity, title, fingerprint, counterexample } = finding;
  const head = [blank(INDENT), paper.text(severity, severity), paper.text(': ', 'bold'), paper.text(title, 'bold')];
  const note = counterexample.trace.at(-1)?.note ?? '';
  const others = standing(verdict).length - 1;
  const gaps = gapsOf(verdict).length;
  const beside = [
    ...(others === 0 ? [] : [`${counted(others, 'more', 'more')}`]),
    ...(gaps === 0 ? [] : [counted(gaps, 'gap')]),
  ];
  const foot = [
    paper.text(`fourproof explain ${fingerprint}`, 'command'),
    paper.text(beside.map((part) => ` ${paper.symbols.dot} ${part}`).join(''), 'dim'),
  ];
  const source = drawSource(paper, finding, note, foot, { indent: INDENT, most: 3, around: false, style: 'open' });
  return [...wrap(head, paper.columns, INDENT + 2), ...source, []];
}

/** The reason on one line and the command on one, or both on one where they fit. */
function drawGap(paper: Paper, verdict: Verdict): readonly Line[] {
  const gap = bestGap(verdict);
  if (gap === undefined) return [];
  const { more, arrow } = paper.symbols;
  const others = gapsOf(verdict).length - 1;
  const rest = others === 0 ? [] : [paper.text(` +${counted(others, 'gap')}`, 'dim')];
  const room = paper.columns - INDENT - widthOfLine(rest);
  const reason = [blank(INDENT), ...clipped([paper.text(gap.message, 'dim')], room, more), ...rest];
  if (gap.closes === undefined) return [reason];
  const command = [
    paper.text(`${arrow} `, 'dim'),
    ...clipped([paper.text(gap.closes, 'command')], paper.columns - INDENT - 3, more),
  ];
  const both = [...reason, blank(1), ...command];
  const whole = widthOfLine([paper.text(gap.message)]) <= room && widthOfLine(both) <= paper.columns;
  return whole ? [both] : [reason, [blank(INDENT), ...command]];
}
