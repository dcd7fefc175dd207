import type { ControlRecord, GapRecord, Verdict } from '../../model/index.ts';
import { REASON_WORD } from '../shared/words.ts';
import type { Line } from './line.ts';
import type { Paper } from './paper.ts';
import { drawDecision, drawField, drawText, placeWithRoute } from './parts.ts';
import { wrap } from './wrap.ts';

/** A gap: what could not be decided, why, and what closes it. */
export function explainGap(paper: Paper, verdict: Verdict, control: ControlRecord, gap: GapRecord): readonly Line[] {
  const { fingerprint, reason, message, at, closes, accepted } = gap;
  const head: Line = [
    paper.text(paper.symbols.status.unknown, 'unknown'),
    paper.text(` ${control.title}`, 'bold'),
    paper.text(` ${paper.symbols.dot} ${verdict.threat} ${paper.symbols.dot} ${control.kind} ${control.id}`, 'dim'),
  ];
  const accept = `fourproof accept ${fingerprint} --reason "..." --owner TEAM --expires YYYY-MM-DD`;
  return [
    ...wrap(head, paper.columns, 2),
    ...drawText(paper, 2, verdict.question, 'dim'),
    [],
    ...drawField(paper, 0, 'gap', [paper.text(message)]),
    ...drawField(paper, 0, 'reason', [paper.text(`${reason}: `, 'dim'), paper.text(REASON_WORD[reason])]),
    ...(at === undefined ? [] : drawField(paper, 0, 'at', placeWithRoute(paper, at))),
    ...(closes === undefined ? [] : drawField(paper, 0, 'closes', [paper.text(closes, 'command')])),
    ...(accepted === undefined ? [] : drawDecision(paper, 0, 'accepted', accepted)),
    ...(accepted === undefined ? drawField(paper, 0, 'accept', [paper.text(accept, 'command')]) : []),
  ];
}
