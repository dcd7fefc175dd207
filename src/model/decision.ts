/** A decision that people took about one fingerprint, written in fourproof.yaml. */
interface Decision {
  /** Fingerprint of the finding or gap that it is about. */
  readonly fingerprint: string;
  readonly reason: string;
  /** Who answers for it: a team or a person. */
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires?: string;
}

/** The risk is real and is carried for a time: changes the exit code, never the verdict. */
export interface Acceptance extends Decision {
  readonly expires: string;
}

/** The counterexample is not real: takes its finding out of the verdict, in full sight. */
export type Dismissal = Decision;
