import type { PathModel } from '../../../engines/iam/paths/model.ts';
import { assumeEdges } from '../../../engines/iam/paths/assume-edges.ts';
import { startsOf } from '../../../engines/iam/paths/starts.ts';
import type { Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** People whose second factor is asked for somewhere else: gaps, until somebody declares it. */
export function peopleElsewhere(model: PathModel, { declared, facts }: Pick<Context, 'declared' | 'facts'>): Gap[] {
  const gaps: Gap[] = reportedAlone(model, facts);
  const starts = startsOf(model);
  const [person] = model.world.people;
  if (person !== undefined && declared.secondFactor?.identityCenter !== 'required')
    gaps.push({
      reason: 'not-declared',
      message: `people sign in at Identity Center (${person.permissionSet} in ${person.account}), and whether it asks for a second factor is not in sight`,
      at: person.at,
      closes: 'declare it in fourproof.yaml: `secondFactor: { identityCenter: required }`',
      identity: 'Identity Center',
    });
  for (const start of starts) {
    if (
      start.kind === 'person' &&
      start.label.includes(':saml-provider/') &&
      declared.secondFactor?.saml !== 'required'
    )
      gaps.push({
        reason: 'not-declared',
        message: `${start.why}, and whether it asks for a second factor is not in sight`,
        at: start.at,
        closes: 'declare it in fourproof.yaml: `secondFactor: { saml: required }`',
        identity: start.id,
      });
    // Somebody in another account who gets a role without MFA may be a person.
    if (start.kind === 'outside')
      for (const edge of assumeEdges({ identity: start.node.identity, credential: 'key' }, model, model.allRoles))
        gaps.push({
          reason: 'not-in-sight',
          message: `${start.label} ${edge.what} without a second factor, and whether that is a person is not in sight`,
          at: edge.at,
          closes: 'ask for aws:MultiFactorAuthPresent in the trust policy, or bring the code or export of that account',
          identity: `${start.id} ${edge.to.identity.source}`,
        });
  }
  return gaps;
}

/** Users whom a credential report names and of whom nothing else is in sight. */
function reportedAlone({ world }: PathModel, facts: Context['facts']): Gap[] {
  const rows = facts['iam-export'].flatMap((fact) => (fact.kind === 'credential-report' ? fact.rows : []));
  return rows.flatMap((row): Gap[] => {
    const signsIn = row.passwordEnabled === true || row.keys.some((key) => key.active);
    const isKnown = row.arn.endsWith(':root') || world.users.some((user) => user.arn === row.arn);
    if (!signsIn || isKnown) return [];
    return [
      {
        reason: 'not-in-sight',
        message: `${row.arn} signs in, as the credential report says, and what it may do is not in sight`,
        at: row.at,
        closes: 'aws iam get-account-authorization-details > account.json',
        identity: `report ${row.arn}`,
      },
    ];
  });
}
