import type { Result } from '../../model/index.ts';
import { findTarget } from '../shared/find-target.ts';
import { explainFinding } from './explain-finding.ts';
import { explainGap } from './explain-gap.ts';
import { explainThreat } from './explain-threat.ts';
import { paperOf, type TerminalOptions } from './paper.ts';

/**
 * Everything about a threat (its id), a finding or a gap (its fingerprint, or a unique prefix of at least four
 * characters); undefined where nothing, or more than one thing, is called so.
 */
export function renderExplanation(result: Result, target: string, options: TerminalOptions): string | undefined {
  const found = findTarget(result, target);
  if (found === undefined) return undefined;
  const paper = paperOf(options);
  switch (found.kind) {
    case 'threat':
      return paper.paint(found.verdicts.flatMap((verdict) => explainThreat(paper, verdict, found.verdicts.length > 1)));
    case 'finding':
      return paper.paint(explainFinding(paper, found.verdict, found.finding));
    case 'gap':
      return paper.paint(explainGap(paper, found.verdict, found.control, found.gap));
  }
}
