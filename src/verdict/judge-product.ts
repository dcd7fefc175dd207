import type { Counterexample, Notice, Threat, Unread, Verdict } from '../model/index.ts';
import { assess } from './assess.ts';
import { toVerdict } from './combine.ts';
import { conclude } from './conclude.ts';
import type { DecisionBook } from './decisions.ts';

/** The verdicts on one product, and what stands beside them. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  /** All counterexamples, dismissed ones included: their sensitive ranges must be masked everywhere. */
  readonly counterexamples: readonly Counterexample[];
  readonly notices: readonly Notice[];
}

/** Asks every control of every threat, one after the other, in the order of the threat model. */
export async function judgeProduct<C>(
  product: string,
  threats: readonly Threat<C>[],
  context: C,
  unread: readonly Unread[],
  book: DecisionBook,
  onProgress?: (stage: string) => void,
): Promise<Judged> {
  const verdicts: Verdict[] = [];
  const counterexamples: Counterexample[] = [];
  const notices: Notice[] = [];
  for (const threat of threats) {
    const conclusions = [];
    for (const control of threat.controls) {
      onProgress?.(`${threat.id} · ${control.id}`);
      const assessment = await assess(control, context, unread);
      counterexamples.push(...assessment.counterexamples);
      notices.push(...(assessment.notices ?? []));
      conclusions.push(conclude(threat.id, control, assessment, book));
    }
    verdicts.push(toVerdict(product, threat, conclusions));
  }
  return { verdicts, counterexamples, notices };
}
