import type { Status } from '../../src/model/index.ts';
import { counted, grouped } from './words.ts';

/** The answer to "is every threat mitigated?": one word and why. */
export interface Headline {
  readonly status: Status;
  readonly answer: string;
  readonly why: string;
}

/** Answers for a whole result; says yes only when something was proven and nothing is open or unknown. */
export function headlineOf(counts: Readonly<Record<Status, number>>): Headline {
  const { open, unknown, mitigated, 'not-applicable': absent } = counts;
  const all = open + unknown + mitigated + absent;
  if (all === 0) return { status: 'unknown', answer: 'Nothing was judged.', why: 'So nothing is proven.' };
  if (open > 0) {
    const rest = unknown > 0 ? ` ${grouped(unknown)} more could not be decided.` : '';
    return {
      status: 'open',
      answer: 'No.',
      why: `${grouped(open)} of ${counted(all, 'threat')} ${be(open)} open.${rest}`,
    };
  }
  if (unknown > 0) {
    const why = `${grouped(unknown)} of ${counted(all, 'threat')} could not be decided.`;
    return { status: 'unknown', answer: 'Not proven.', why };
  }
  if (mitigated === 0) {
    return { status: 'not-applicable', answer: 'Does not apply.', why: 'What the threats are about is not here.' };
  }
  const rest = absent > 0 ? `; ${grouped(absent)} ${absent === 1 ? 'does' : 'do'} not apply` : '';
  const why = `${grouped(mitigated)} of ${counted(all, 'threat')} ${be(mitigated)} mitigated${rest}.`;
  return { status: 'mitigated', answer: 'Yes.', why };
}

function be(count: number): string {
  return count === 1 ? 'is' : 'are';
}
