import type { ControlRecord, Finding, Verdict } from '../../model/index.ts';
import { counted, STATUS_WORD } from '../shared/words.ts';
import { blank, type Line } from './line.ts';
import type { Paper } from './paper.ts';
import { drawDecision, drawField, drawGapRecord, drawList, drawRest, drawText, placeWithRoute } from './parts.ts';
import { drawSource } from './source.ts';
import { wrap } from './wrap.ts';

const MOST_FINDINGS = 200;
const MOST_GAPS = 200;
const MOST_WITNESSES = 50;

/** A threat: its question, and every control with its evidence. */
export function explainThreat(paper: Paper, verdict: Verdict, namesProduct: boolean): readonly Line[] {
  const { dot } = paper.symbols;
  const head: Line = [
    mark(paper, verdict.status),
    paper.text(` ${verdict.title}`, 'bold'),
    paper.text(` ${dot} ${verdict.threat}${namesProduct ? ` ${dot} ${verdict.product}` : ''}`, 'dim'),
  ];
  const sides: Line = [
    paper.text('now ', 'dim'),
    mark(paper, verdict.exposure),
    paper.text(` ${STATUS_WORD[verdict.exposure]}`, verdict.exposure),
    paper.text('   guard ', 'dim'),
    mark(paper, verdict.guard),
    paper.text(` ${STATUS_WORD[verdict.guard]}`, verdict.guard),
  ];
  const controls = verdict.controls.flatMap((control) => explainControl(paper, verdict, control));
  return [
    ...wrap(head, paper.columns, 2),
    ...drawText(paper, 2, verdict.question),
    [blank(2), ...sides],
    [],
    ...controls,
  ];
}

function explainControl(paper: Paper, verdict: Verdict, control: ControlRecord): readonly Line[] {
  const head: Line = [
    mark(paper, control.status),
    paper.text(` ${control.kind}: `, 'dim'),
    paper.text(control.title, 'bold'),
    paper.text(` (${control.id})`, 'dim'),
  ];
  const own = verdict.findings.filter((finding) => finding.control === control.id);
  const gaps = 'gaps' in control ? (control.gaps ?? []) : [];
  return [
    ...wrap(head, paper.columns, 2),
    ...('proof' in control ? explainProof(paper, control.proof) : []),
    ...own.slice(0, MOST_FINDINGS).flatMap((finding) => drawFinding(paper, finding)),
    ...drawRest(paper, 2, own.length - MOST_FINDINGS, 'findings'),
    ...gaps.slice(0, MOST_GAPS).flatMap((gap) => drawGapRecord(paper, 2, gap)),
    ...drawRest(paper, 2, gaps.length - MOST_GAPS, 'gaps'),
    [],
  ];
}

function explainProof(paper: Paper, proof: Extract<ControlRecord, { proof: unknown }>['proof']): readonly Line[] {
  const { claim, scope, method, witnesses, dismissed = [] } = proof;
  const notes = witnesses.slice(0, MOST_WITNESSES).map(({ at, note }): Line => {
    const place = at === undefined ? [] : placeWithRoute(paper, at);
    return [...place, paper.text(`${at === undefined ? '' : '  '}${note}`, 'dim')];
  });
  return [
    ...drawField(paper, 2, 'claim', [paper.text(claim)]),
    ...drawField(paper, 2, 'scope', [
      paper.text(counted(scope.count, scope.what, scope.what)),
      paper.text(`  sha256 ${scope.digest.slice(0, 12)}`, 'dim'),
    ]),
    ...drawField(paper, 2, 'method', [paper.text(method)]),
    ...drawList(paper, 2, 'witness', notes),
    ...drawRest(paper, 12, witnesses.length - MOST_WITNESSES, 'witnesses'),
    ...(dismissed.length === 0
      ? []
      : drawField(paper, 2, 'without', [paper.text(counted(dismissed.length, 'dismissed finding'), 'unknown')])),
  ];
}

function drawFinding(paper: Paper, finding: Finding): readonly Line[] {
  const { severity, title, fingerprint, dismissed, accepted, counterexample } = finding;
  const head: Line = [blank(2), paper.text(severity, severity), paper.text(': ', 'bold'), paper.text(title, 'bold')];
  const foot = [paper.text(`fourproof explain ${fingerprint}`, 'command')];
  const note = counterexample.trace.at(-1)?.note ?? '';
  return [
    ...wrap(head, paper.columns, 4),
    ...(dismissed === undefined ? [] : drawDecision(paper, 4, 'dismissed', dismissed)),
    ...(accepted === undefined ? [] : drawDecision(paper, 4, 'accepted', accepted)),
    ...drawSource(paper, finding, note, foot, { indent: 2, most: 3, around: false, style: 'open' }),
  ];
}

function mark(paper: Paper, status: Verdict['status']): Line[number] {
  return paper.text(paper.symbols.status[status], status);
}
