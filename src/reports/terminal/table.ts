import type { Status, Verdict } from '../../model/index.ts';
import { gapsOf, standing } from '../shared/pick.ts';
import { counted, STATUS_WORD } from '../shared/words.ts';
import { blank, clipped, padded, widthOfLine, type Line } from './line.ts';
import type { Paper } from './paper.ts';
import { widthOf } from './width.ts';

/** Widths of the columns, in cells, each with the space after it. */
export interface Columns {
  readonly title: number;
  readonly status: number;
  /** What a status that does not apply is called where there is room for no more. */
  readonly absent: string;
}

const INDENT = 2;
const LONGEST_TITLE = 28;
const BETWEEN = 3;

/** The columns that hold all these verdicts. */
export function columnsFor(paper: Paper, verdicts: readonly Verdict[]): Columns {
  const title = Math.min(
    Math.max(0, ...verdicts.map((verdict) => widthOf(paper.text(verdict.title).text))),
    LONGEST_TITLE,
  );
  const whole = columnsWith(STATUS_WORD['not-applicable'], verdicts, title);
  const room = paper.columns - INDENT - 2;
  const fits = whole.title + 2 * whole.status - BETWEEN <= room;
  if (fits) return whole;
  const { absent, status } = columnsWith('n/a', verdicts, title);
  return { absent, status, title: Math.min(title + BETWEEN, room - 2 * status + BETWEEN) };
}

function columnsWith(absent: string, verdicts: readonly Verdict[], title: number): Columns {
  const statuses = verdicts.flatMap(({ exposure, guard }) => [exposure, guard]);
  const words = statuses.map((status) => (status === 'not-applicable' ? absent : STATUS_WORD[status]));
  return { absent, title: title + BETWEEN, status: Math.max(...['unknown', ...words].map(widthOf)) + 2 + BETWEEN };
}

/** Names a lane and its columns. */
export function drawLaneHead(paper: Paper, name: string, { title, status }: Columns): Line {
  const lane = padded([paper.text(name.toUpperCase(), 'bold')], INDENT + 2 + title);
  return [...lane, ...padded([paper.text('now', 'dim')], status), paper.text('guard', 'dim')];
}

/** One line a threat: its mark and title, *now* and *guard*, and what there is beside, where there is room. */
export function drawThreat(paper: Paper, verdict: Verdict, columns: Columns): readonly Line[] {
  const { title, status } = columns;
  const mark = paper.text(paper.symbols.status[verdict.status], verdict.status);
  const name = clipped(
    [paper.text(verdict.title, verdict.status === 'open' ? 'bold' : 'plain')],
    title - 1,
    paper.symbols.more,
  );
  const now = drawStatus(paper, verdict.exposure, columns);
  const guard = drawStatus(paper, verdict.guard, columns);
  const row = [blank(INDENT), mark, blank(1), ...padded(name, title), ...padded(now, status), ...guard];
  const space = blank(status - widthOfLine(guard));
  const decided = decidedOf(verdict);
  for (const parts of [[...decided, ...scopeOf(verdict)], decided]) {
    if (parts.length === 0) return [row];
    const whole = [...row, space, paper.text(parts.join(` ${paper.symbols.dot} `), 'dim')];
    if (widthOfLine(whole) <= paper.columns) return [whole];
  }
  return [row, [blank(INDENT + 2), paper.text(decided.join(` ${paper.symbols.dot} `), 'dim')]];
}

function drawStatus(paper: Paper, status: Status, { absent }: Columns): Line {
  const word = status === 'not-applicable' ? absent : STATUS_WORD[status];
  return [paper.text(`${paper.symbols.status[status]} ${word}`, status)];
}

/** Decisions of people are never left out. */
function decidedOf(verdict: Verdict): readonly string[] {
  const accepted = [...standing(verdict), ...gapsOf(verdict)].filter((item) => item.accepted !== undefined).length;
  const dismissed = verdict.findings.length - standing(verdict).length;
  return [...(accepted === 0 ? [] : [`${accepted} accepted`]), ...(dismissed === 0 ? [] : [`${dismissed} dismissed`])];
}

/** What a mitigated threat was proven over. */
function scopeOf({ status, controls }: Verdict): readonly string[] {
  if (status !== 'mitigated') return [];
  const proven = controls.find((control) => control.kind === 'exposure' && control.status === 'mitigated');
  if (proven === undefined || !('proof' in proven)) return [];
  return [counted(proven.proof.scope.count, proven.proof.scope.what, proven.proof.scope.what)];
}
