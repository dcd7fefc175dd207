import type { DecisionRecord, GapRecord, SourceLocation } from '../../model/index.ts';
import { REASON_WORD } from '../shared/words.ts';
import { blank, padded, type Line, type Style } from './line.ts';
import type { Paper } from './paper.ts';
import { placeOf } from './source.ts';
import { wrap } from './wrap.ts';

/** Width of the names of fields, in cells. */
const LABEL = 10;

/** A text wrapped behind an indentation. */
export function drawText(paper: Paper, indent: number, text: string, style: Style = 'plain'): readonly Line[] {
  return wrap([blank(indent), paper.text(text, style)], paper.columns, indent);
}

/** A named field, its value wrapped beside its name. */
export function drawField(paper: Paper, indent: number, name: string, value: Line): readonly Line[] {
  const label = padded([paper.text(name, 'dim')], LABEL);
  return wrap([blank(indent), ...label, ...value], paper.columns, indent + LABEL);
}

/** A list below one name. */
export function drawList(paper: Paper, indent: number, name: string, values: readonly Line[]): readonly Line[] {
  return values.flatMap((value, index) => drawField(paper, indent, index === 0 ? name : '', value));
}

/** A place with its route. */
export function placeWithRoute(paper: Paper, at: SourceLocation): Line {
  const place = paper.text(placeOf(paper, at));
  return at.route === undefined ? [place] : [place, paper.text(`  ${at.route}`, 'dim')];
}

/** A decision of people: its reason, its owner, until when and where it is written. */
export function drawDecision(
  paper: Paper,
  indent: number,
  word: 'accepted' | 'dismissed',
  decision: DecisionRecord,
): readonly Line[] {
  const { reason, owner, expires, by } = decision;
  const details = [owner, ...(expires === undefined ? [] : [`until ${expires}`]), by].join(` ${paper.symbols.dot} `);
  return drawField(paper, indent, word, [paper.text(reason), paper.text(` (${details})`, 'dim')]);
}

/** A gap: why, where, and what closes it. */
export function drawGapRecord(paper: Paper, indent: number, gap: GapRecord): readonly Line[] {
  const { reason, message, at, closes, accepted, fingerprint } = gap;
  const head: Line = [
    blank(indent),
    paper.text(paper.symbols.status.unknown, 'unknown'),
    paper.text(` ${message}`),
    paper.text(` (${reason}: ${REASON_WORD[reason]})`, 'dim'),
  ];
  const inner = indent + 2;
  return [
    ...wrap(head, paper.columns, inner),
    ...(at === undefined ? [] : drawField(paper, inner, 'at', placeWithRoute(paper, at))),
    ...(closes === undefined ? [] : drawField(paper, inner, 'closes', [paper.text(closes, 'command')])),
    ...(accepted === undefined ? [] : drawDecision(paper, inner, 'accepted', accepted)),
    ...drawField(paper, inner, 'gap', [paper.text(fingerprint)]),
  ];
}

/** What is left out of a long list. */
export function drawRest(paper: Paper, indent: number, left: number, noun: string): readonly Line[] {
  if (left <= 0) return [];
  return drawText(
    paper,
    indent,
    `${left} more ${noun} stand in the JSON result: fourproof verify --format json`,
    'dim',
  );
}
