import { SCP_LIMITS } from '../../../engines/guardrails/limits.ts';
import type { ControlPolicy, Organisation } from '../../../engines/iam/account/organisation-types.ts';
import type { IamStatement } from '../../../facts/iam-policy/types.ts';
import type { Gap } from '../../../model/index.ts';

/** Policies that AWS would refuse, so that they bind nobody although the code attaches them. */
export function overLimits(organisation: Organisation | undefined): Gap[] {
  const gaps: Gap[] = [];
  const { characters, attached, since } = SCP_LIMITS;
  for (const { name, serviceControl, at } of organisation?.nodes.values() ?? []) {
    for (const policy of serviceControl) {
      const foreign = foreignStatement(policy);
      if (foreign !== undefined)
        gaps.push({
          reason: 'unresolved-value',
          message: `${policy.name} names a Principal, and AWS refuses service control policies that do: what is in force instead is not in sight`,
          at: foreign.at ?? policy.at,
          closes: 'say who is meant in a condition on aws:PrincipalArn',
          identity: `principal in ${policy.source}`,
        });
      if (policy.size === undefined || policy.size <= characters) continue;
      gaps.push({
        reason: 'unresolved-value',
        message: `${policy.name} has ${policy.size} characters and AWS takes ${characters} (since ${since}): what is in force instead is not in sight`,
        at: policy.at,
        closes: 'make it shorter (jsonencode leaves out white space), or split it',
        identity: `size of ${policy.source}`,
      });
    }
    if (serviceControl.length > attached)
      gaps.push({
        reason: 'unresolved-value',
        message: `${serviceControl.length} service control policies are attached to ${name} and AWS takes ${attached} (since ${since}): which of them are in force is not in sight`,
        at,
        closes: 'join policies, or attach some at another level',
        identity: `policies at ${name}`,
      });
  }
  return gaps;
}

/** A statement with a Principal or NotPrincipal; the policy that AWS itself attaches is not looked at. */
function foreignStatement({ source, policy }: ControlPolicy): IamStatement | undefined {
  if (source === 'AWS' || source === 'p-FullAWSAccess') return undefined;
  return [...policy.most.statements, ...policy.least.statements].find(({ principals }) => principals !== undefined);
}
