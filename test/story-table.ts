import type { State } from '../scripts/materialise-example.ts';

/** The example product in both states: status, exposure and guard of each threat. Later work may only turn unknown into decided. */
export const EXPECTED: Readonly<Record<State, Readonly<Record<string, string>>>> = {
  insecure: {
    'code/injection': 'unknown unknown unknown',
    'code/request-forgery': 'unknown unknown unknown',
    'code/vulnerable-dependencies': 'unknown unknown unknown',
    'code/leaked-secrets': 'open open open',
    'container/mutable-images': 'open open open',
    'container/insecure-dockerfiles': 'open open open',
    'container/vulnerable-images': 'unknown unknown unknown',
    'cluster/excessive-access': 'unknown unknown unknown',
    'cluster/exposed-secrets': 'unknown unknown unknown',
    'cluster/unrestricted-images': 'unknown unknown unknown',
    'cluster/unrestricted-network': 'unknown unknown unknown',
    'cloud/excessive-access': 'open open unknown',
    'cloud/missing-mfa': 'open open open',
    'cloud/missing-guardrails': 'open open open',
    'cloud/unmanaged-keys': 'open open open',
  },
  secured: {
    'code/injection': 'unknown unknown unknown',
    'code/request-forgery': 'unknown unknown unknown',
    'code/vulnerable-dependencies': 'unknown unknown unknown',
    'code/leaked-secrets': 'mitigated mitigated mitigated',
    'container/mutable-images': 'unknown mitigated unknown',
    'container/insecure-dockerfiles': 'mitigated mitigated mitigated',
    'container/vulnerable-images': 'unknown unknown unknown',
    'cluster/excessive-access': 'unknown unknown unknown',
    'cluster/exposed-secrets': 'unknown unknown unknown',
    'cluster/unrestricted-images': 'unknown unknown unknown',
    'cluster/unrestricted-network': 'unknown unknown unknown',
    'cloud/excessive-access': 'mitigated mitigated mitigated',
    'cloud/missing-mfa': 'mitigated mitigated mitigated',
    'cloud/missing-guardrails': 'mitigated mitigated mitigated',
    'cloud/unmanaged-keys': 'mitigated mitigated mitigated',
  },
};
