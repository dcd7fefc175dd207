import type { DecisionRecord, Finding, GapRecord, SourceLocation, Status } from '../../model/index.ts';
import { STATUS_MARK, STATUS_WORD } from '../shared/words.ts';
import { code, codeBlock, prose } from './escape.ts';

const MOST_LINES = 12;

/** `✘ open` */
export function statusCell(status: Status | undefined): string {
  return status === undefined ? 'not judged' : `${STATUS_MARK[status]} ${STATUS_WORD[status]}`;
}

/** `path:line:column` as code. */
export function placeText({ path, startLine, startColumn }: SourceLocation): string {
  return code(`${path}:${startLine}:${startColumn}`, 400);
}

/** One counterexample: what, where, its lines, and the commands that show more. */
export function findingBlock(finding: Finding): string {
  const { severity, title, location, excerpt, fingerprint, counterexample, accepted } = finding;
  const grants = counterexample.grants.slice(0, 5).map((grant) => prose(grant, 200));
  return [
    `**${severity}** ${prose(title, 400)}<br>${placeText(location)}`,
    ...(excerpt === undefined
      ? []
      : [codeBlock(numbered(excerpt.startLine, excerpt.lines.slice(0, MOST_LINES), location))]),
    prose(counterexample.summary),
    ...(grants.length === 0 ? [] : [`Grants: ${grants.join('; ')}`]),
    ...(accepted === undefined ? [] : [decisionText('Accepted', accepted)]),
    `${code(`fourproof explain ${fingerprint}`)} · ${code(`fourproof replay ${fingerprint}`)}`,
  ].join('\n\n');
}

/** Lines with their numbers; those of the range are marked. */
function numbered(startLine: number, lines: readonly string[], at: SourceLocation): readonly string[] {
  const digits = String(startLine + lines.length).length;
  return lines.map((line, index) => {
    const number = startLine + index;
    const mark = number >= at.startLine && number <= at.endLine ? '>' : ' ';
    return `${mark} ${String(number).padStart(digits)} | ${line}`;
  });
}

/** One gap as an item of a list. */
export function gapItem({ message, at, closes, accepted }: GapRecord): string {
  const parts = [
    prose(message, 400),
    ...(at === undefined ? [] : [placeText(at)]),
    ...(closes === undefined ? [] : [`→ ${code(closes, 300)}`]),
    ...(accepted === undefined ? [] : [decisionText('Accepted', accepted)]),
  ];
  return `- ${parts.join('<br>')}`;
}

/** A decision of people with its reason, its owner and its end. */
function decisionText(word: 'Accepted' | 'Dismissed', { reason, owner, expires, by }: DecisionRecord): string {
  const details = [
    prose(owner, 100),
    ...(expires === undefined ? [] : [`until ${prose(expires, 40)}`]),
    prose(by, 100),
  ];
  return `${word}: ${prose(reason, 300)} (${details.join(', ')})`;
}
