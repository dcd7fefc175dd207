import { sha256 } from '../lib/hash.ts';
import type { Counterexample, Gap, ThreatId } from '../model/index.ts';

const LENGTH = 16;

/** Names things by what they are. Equal things are told apart by their order, never by their line. */
export class Fingerprints {
  readonly #seen = new Map<string, number>();
  readonly #prefix: readonly string[];

  constructor(threat: ThreatId, control: string) {
    this.#prefix = [threat, control];
  }

  /** 16 hex digits from threat, control, path, content and route. */
  ofCounterexample({ identity, trace }: Counterexample): string {
    return this.#next(['counterexample', trace.at(-1)?.at.path ?? '', ...identity]);
  }

  /** 16 hex digits from threat, control, reason, path and what is missing. */
  ofGap({ reason, at, identity, message }: Gap): string {
    return this.#next(['gap', reason, at?.path ?? '', at?.route ?? '', identity ?? message]);
  }

  #next(parts: readonly string[]): string {
    const content = JSON.stringify([...this.#prefix, ...parts]);
    const ordinal = this.#seen.get(content) ?? 0;
    this.#seen.set(content, ordinal + 1);
    return sha256(JSON.stringify([content, ordinal])).slice(0, LENGTH);
  }
}
