/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html, raised by AWS on 2026-05-15. */
export const SCP_LIMITS = {
  since: '2026-05-15',
  /** Characters of one policy. */
  characters: 10_240,
  /** Policies at one node. */
  attached: 10,
} as const;
