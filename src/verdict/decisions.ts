import type { Acceptance, DecisionRecord, Dismissal, Notice, SourceLocation } from '../model/index.ts';

/** The decisions that people wrote in fourproof.yaml, each with its place. */
export interface Decisions {
  readonly acceptances: readonly (Acceptance & { readonly at: SourceLocation })[];
  readonly dismissals: readonly (Dismissal & { readonly at: SourceLocation })[];
}

export const NO_DECISIONS: Decisions = { acceptances: [], dismissals: [] };

/** Applies decisions while verdicts are made, and remembers which were of use. */
export class DecisionBook {
  readonly #decisions: Decisions;
  readonly #now: Date;
  readonly #dismissing: boolean;
  readonly #used = new Set<Acceptance | Dismissal>();

  constructor(decisions: Decisions, now: Date, options: { readonly dismissing: boolean } = { dismissing: true }) {
    this.#decisions = decisions;
    this.#now = now;
    this.#dismissing = options.dismissing;
  }

  /** Whether dismissals count at all: `--no-dismissals` shows the verdicts without them. */
  get dismissing(): boolean {
    return this.#dismissing;
  }

  acceptanceOf(fingerprint: string): DecisionRecord | undefined {
    return this.#find(this.#decisions.acceptances, fingerprint);
  }

  dismissalOf(fingerprint: string): DecisionRecord | undefined {
    const record = this.#find(this.#decisions.dismissals, fingerprint);
    return this.#dismissing ? record : undefined;
  }

  /** Decisions that did nothing: errors, because a list that nobody cleans stops being read. */
  notices(): Notice[] {
    const { acceptances, dismissals } = this.#decisions;
    return [
      ...acceptances.map((decision) => ({ what: 'acceptance', decision })),
      ...dismissals.map((decision) => ({ what: 'dismissal', decision })),
    ].flatMap(({ what, decision }): Notice[] => {
      if (isExpired(decision.expires, this.#now)) {
        return [
          {
            level: 'error',
            message: `the ${what} of ${decision.fingerprint} expired on ${decision.expires ?? ''}`,
            at: decision.at,
          },
        ];
      }
      if (this.#used.has(decision)) return [];
      return [
        {
          level: 'error',
          message: `the ${what} of ${decision.fingerprint} matches nothing any more: remove it`,
          at: decision.at,
        },
      ];
    });
  }

  #find(
    list: readonly (Dismissal & { readonly at: SourceLocation })[],
    fingerprint: string,
  ): DecisionRecord | undefined {
    for (const decision of list) {
      if (decision.fingerprint !== fingerprint) continue;
      this.#used.add(decision);
      if (isExpired(decision.expires, this.#now)) continue;
      const { reason, owner, expires } = decision;
      return { reason, owner, by: 'fourproof.yaml', ...(expires === undefined ? {} : { expires }) };
    }
    return undefined;
  }
}

/** A decision holds to the end of its last day, UTC. */
export function isExpired(expires: string | undefined, now: Date): boolean {
  return expires !== undefined && now.getTime() >= Date.parse(`${expires}T00:00:00Z`) + 24 * 60 * 60 * 1000;
}
