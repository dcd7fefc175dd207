import { evaluate } from '../src/engines/iam/concrete/evaluate.ts';
import { checkCertificate } from '../src/engines/iam/symbolic/check-certificate.ts';
import { findRequest } from '../src/engines/iam/symbolic/find-request.ts';
import type { IamRequest } from '../src/engines/iam/types.ts';
import { randomQuestion, type RandomQuestion } from './random-query.ts';

/** How many samples ended how. */
export interface SampleCounts {
  readonly samples: number;
  readonly found: number;
  readonly none: number;
  readonly undecided: number;
  /** One line each. */
  readonly disagreements: readonly string[];
}

/** Asks random questions, and looks for the answer among all requests of a small world. */
export function runSamples(first: number, samples: number): SampleCounts {
  const counts = { found: 0, none: 0, undecided: 0 };
  const disagreements: string[] = [];
  for (let seed = first; seed < first + samples; seed++) {
    const question = randomQuestion(seed);
    try {
      const answer = findRequest(question.query);
      counts[answer.kind]++;
      if (answer.kind === 'found' && !satisfies(question, answer.request)) disagreements.push(`${seed}: not a witness`);
      if (answer.kind !== 'none') continue;
      const problem = checkCertificate(answer.certificate);
      if (problem !== undefined) disagreements.push(`${seed}: certificate: ${problem}`);
      const missed = firstOf(question);
      if (missed !== undefined)
        disagreements.push(`${seed}: missed ${JSON.stringify({ ...missed, context: [...missed.context] })}`);
    } catch (error) {
      disagreements.push(`${seed}: ${String(error)}`);
    }
  }
  return { samples, ...counts, disagreements };
}

function firstOf(question: RandomQuestion): IamRequest | undefined {
  for (const request of question.requests()) if (satisfies(question, request)) return request;
  return undefined;
}

function satisfies({ query }: RandomQuestion, request: IamRequest): boolean {
  if (evaluate(request, query.policies).decision !== 'Allowed') return false;
  return query.notAllowedBy === undefined || evaluate(request, query.notAllowedBy).decision !== 'Allowed';
}
