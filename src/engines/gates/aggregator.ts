import { holdsIn } from './condition.ts';
import { exitsWithFailure } from './failing.ts';
import type { CheckedJob } from './jobs.ts';
import type { Answer } from './types.ts';

/** Whether a job needs another, directly or through others. */
export function needs(job: CheckedJob, id: string, seen = new Set<string>()): boolean {
  return job.job.needs.some((needed) => {
    if (needed === id) return true;
    if (seen.has(needed)) return false;
    seen.add(needed);
    const next = job.siblings.find((other) => other.job.id === needed);
    return next !== undefined && needs(next, id, seen);
  });
}

/** Whether a required job that collects the results of others fails when one of them does. */
export function failsWith(aggregator: CheckedJob, target: CheckedJob): Answer {
  const name = aggregator.check ?? aggregator.job.id;
  const results = resultsFor(aggregator, target);
  const known = [...results.values()].filter((result) => result !== undefined);
  const values = new Map(
    [...results].flatMap(([id, result]) =>
      result === undefined ? [] : [[`needs.${id.toLowerCase()}.result`, result] as const],
    ),
  );
  const seen = { event: 'pull_request', values, ...(known.length === results.size ? { results: known } : {}) } as const;
  const { condition, steps } = aggregator.job;
  const runs = condition === undefined ? false : holdsIn(condition.text, { ...seen, failed: true });
  if (runs === false) {
    return {
      answer: 'no',
      why: `the required check \`${name}\` is skipped when \`${target.job.id}\` fails, and GitHub counts a skipped check as passed`,
    };
  }
  const green = steps.find((step) => step.uses?.text.startsWith('re-actors/alls-green@') === true);
  if (runs === true && green !== undefined) {
    const allowed = [green.with.get('allowed-failures')?.text, green.with.get('allowed-skips')?.text].join(' ');
    if (allowed.trim() === '') return { answer: 'yes', why: `the required check \`${name}\` fails when it fails` };
  }
  // In a step, `failure()` is about the steps before it, not about the jobs that are needed.
  const fails =
    runs === true &&
    steps.some(
      (step) =>
        step.continueOnError === undefined &&
        (step.condition === undefined || holdsIn(step.condition.text, seen) === true) &&
        exitsWithFailure(step),
    );
  return fails
    ? { answer: 'yes', why: `the required check \`${name}\` reads its result and fails with it` }
    : {
        answer: 'undecided',
        why: `the required check \`${name}\` needs it; what it does with its result is not decided here`,
      };
}

/** Result of each job that the aggregator needs, when the target fails: a job that needs it in turn is skipped. */
function resultsFor(aggregator: CheckedJob, target: CheckedJob): Map<string, string | undefined> {
  return new Map(
    aggregator.job.needs.map((id) => {
      if (id === target.job.id) return [id, 'failure'];
      const needed = aggregator.siblings.find((other) => other.job.id === id);
      if (needed === undefined || !needs(needed, target.job.id)) return [id, 'success'];
      return [id, needed.job.condition === undefined ? 'skipped' : undefined];
    }),
  );
}
