import type { Finding, Json, TraceStep, Verdict } from '../../model/index.ts';
import { clip } from '../../lib/inert.ts';
import { ROLE_WORD } from '../shared/words.ts';
import { blank, type Line } from './line.ts';
import type { Paper } from './paper.ts';
import { drawDecision, drawField, drawList, drawRest, drawText, placeWithRoute } from './parts.ts';
import { drawSource } from './source.ts';
import { wrap } from './wrap.ts';

const MOST_STEPS = 200;
const MOST_VALUES = 50;
const MOST_GRANTS = 50;

/** A finding: what happens, where, by which way, with what input, for what, how to see it again and how to decide about it. */
export function explainFinding(paper: Paper, verdict: Verdict, finding: Finding): readonly Line[] {
  const { severity, title, fingerprint, control, counterexample, dismissed, accepted } = finding;
  const { summary, trace, input, grants } = counterexample;
  const { dot } = paper.symbols;
  const head: Line = [paper.text(severity, severity), paper.text(': ', 'bold'), paper.text(title, 'bold')];
  const foot = [paper.text(`${verdict.threat} ${dot} ${control} ${dot} ${verdict.product}`, 'dim')];
  const note = trace.at(-1)?.note ?? '';
  const decide = (verb: string, rest: string): readonly Line[] =>
    drawField(paper, 0, verb, [
      paper.text(`fourproof ${verb} ${fingerprint} --reason "..." --owner TEAM${rest}`, 'command'),
    ]);
  return [
    ...wrap(head, paper.columns, 2),
    ...drawSource(paper, finding, note, foot, { indent: 0, most: 12, around: true, style: 'open' }),
    [],
    ...drawText(paper, 0, summary),
    [],
    ...(dismissed === undefined ? [] : [...drawDecision(paper, 0, 'dismissed', dismissed), []]),
    ...(accepted === undefined ? [] : [...drawDecision(paper, 0, 'accepted', accepted), []]),
    ...drawTrace(paper, trace),
    ...drawList(paper, 0, 'input', valuesOf(paper, input)),
    ...drawList(
      paper,
      0,
      'grants',
      grants.slice(0, MOST_GRANTS).map((grant) => [paper.text(grant)]),
    ),
    ...drawRest(paper, 10, grants.length - MOST_GRANTS, 'grants'),
    [],
    ...drawField(paper, 0, 'replay', [paper.text(`fourproof replay ${fingerprint}`, 'command')]),
    ...(accepted === undefined && dismissed === undefined ? decide('accept', ' --expires YYYY-MM-DD') : []),
    ...(dismissed === undefined ? decide('dismiss', '') : []),
  ];
}

function drawTrace(paper: Paper, trace: readonly TraceStep[]): readonly Line[] {
  const steps = trace.slice(0, MOST_STEPS).flatMap(({ at, note, role }, index) => {
    const number = `${index + 1}. ${ROLE_WORD[role]}: `;
    return [
      ...drawField(paper, 0, index === 0 ? 'trace' : '', [paper.text(number, 'dim'), paper.text(note)]),
      ...wrap(
        [blank(13), ...placeWithRoute(paper, at).map((span) => ({ ...span, style: 'dim' as const }))],
        paper.columns,
        13,
      ),
    ];
  });
  return [...steps, ...drawRest(paper, 10, trace.length - MOST_STEPS, 'steps')];
}

/** One line a field of the input; what is nested stands as JSON. */
function valuesOf(paper: Paper, input: { readonly [key: string]: Json }): readonly Line[] {
  return Object.entries(input)
    .slice(0, MOST_VALUES)
    .map(([key, value]) => [
      paper.text(`${clip(key, 100)}: `, 'dim'),
      paper.text(clip(typeof value === 'string' ? value : JSON.stringify(value), 1000)),
    ]);
}
