import type { PreviewAnswer, TrailRequest } from './types.ts';

/** Requests that got the same answer for the same reason. */
export interface PreviewGroup {
  readonly kind: 'denied' | 'unknown';
  readonly action: string;
  /** ARN of the user, role or root. */
  readonly principal: string;
  /** Sid or position of the statement; absent where nothing allows it. */
  readonly statement?: string;
  readonly lacks?: readonly string[];
  count: number;
  /** The first one. */
  readonly example: { readonly id: string; readonly time: string; readonly account: string; readonly region: string };
}

const MOST_GROUPS = 5_000;
const MOST_REASONS = 200;

/** Counts answers; bounded, whatever the trail holds. */
export class Tally {
  readonly #groups = new Map<string, PreviewGroup>();
  readonly #skipped = new Map<string, number>();
  readonly counts = { denied: 0, allowed: 0, unknown: 0, before: 0, refused: 0, skipped: 0 };
  /** Answers that fell into no group because there are too many. */
  ungrouped = 0;

  add(request: TrailRequest, answer: PreviewAnswer): void {
    this.counts[answer.kind]++;
    if (answer.kind === 'allowed') return;
    const principal = request.principal.role ?? request.principal.arn;
    const { statement } = answer;
    const name = statement === undefined ? undefined : (statement.sid ?? `statement ${statement.index}`);
    const lacks = answer.kind === 'unknown' ? answer.lacks : undefined;
    const key = [answer.kind, request.action, principal, name, ...(lacks ?? [])].join('\n');
    const group = this.#groups.get(key);
    if (group !== undefined) group.count++;
    else if (this.#groups.size >= MOST_GROUPS) this.ungrouped++;
    else {
      const { id, time, account, region } = request;
      this.#groups.set(key, {
        kind: answer.kind,
        action: request.action,
        principal,
        ...(name === undefined ? {} : { statement: name }),
        ...(lacks === undefined ? {} : { lacks }),
        count: 1,
        example: { id, time, account, region },
      });
    }
  }

  /** An entry that is no question to the policy. */
  skip(why: string): void {
    this.counts.skipped++;
    const reason = this.#skipped.has(why) || this.#skipped.size < MOST_REASONS ? why : 'others';
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  /** Denied before unknown, the most frequent first. */
  get groups(): readonly PreviewGroup[] {
    return [...this.#groups.values()].sort(
      (left, right) =>
        left.kind.localeCompare(right.kind) || right.count - left.count || left.action.localeCompare(right.action),
    );
  }

  get skipped(): ReadonlyMap<string, number> {
    return this.#skipped;
  }
}
