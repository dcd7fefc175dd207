import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a stolen key that is replayed without MFA on each path. */
export const mfaConditions = undecided({
  id: 'mfa-conditions',
  kind: 'guard',
  title: 'Every path from a person to a role asks for MFA in a way that an absent key cannot pass',
  needs: [],
  found: terraformFiles,
  missing: 'this version cannot replay a stolen key against IAM policies',
  closes:
    'check by hand: read every `aws:MultiFactorAuthPresent`: Bool in an Allow and BoolIfExists in a Deny hold, the other two do not',
});
