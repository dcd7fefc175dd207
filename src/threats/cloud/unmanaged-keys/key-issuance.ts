import { reviewOfBranch, EXPORT_RULES } from '../../../engines/reviews/branches.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence, type Counterexample, type Gap, type Witness } from '../../../model/index.ts';
import { conclude } from '../../conclude.ts';
import type { FourproofControl } from '../../context.ts';
import { traceTo } from '../../trace.ts';
import { issuedSecrets } from './issued-secrets.ts';
import { makersOfKeys } from './makers-of-keys.ts';
import { replayIssuance } from './replay-issuance.ts';

/** Drilled with a key that somebody adds without asking: in the code without an approval, and in the account without the code. */
export const keyIssuance: FourproofControl = {
  id: 'key-issuance',
  kind: 'guard',
  title: "Keys are issued by pull request, encrypted to the user's PGP key, rotated and revoked",
  needs: ['branch-rules', 'terraform'],
  judge(context) {
    const issued = issuedSecrets(context);
    const [first] = issued;
    if (first === undefined)
      return {
        proof: proveAbsence({
          claim: 'the code of the product issues no keys',
          what: 'Terraform files searched for resources that issue a secret',
          elements: context.facts.inventory.terraform,
          digest: sha256,
          method:
            'aws_iam_access_key, aws_iam_user_login_profile and aws_iam_service_specific_credential were looked for',
        }),
        counterexamples: [],
        gaps: [],
      };
    const counterexamples: Counterexample[] = [];
    const gaps: Gap[] = [];
    const witnesses: Witness[] = [];
    const branch = context.declared.defaultBranch ?? 'main';
    const review = reviewOfBranch(branch, context.facts['branch-rules'], context.declared.defaultBranch);
    if (review.answer === 'no')
      counterexamples.push({
        title: `a key can be added on ${branch} without an approval`,
        severity: 'medium',
        summary: `The drill added an access key to ${first.resource.at.path}: nothing asks another person, because ${review.why}.`,
        input: { kind: 'planted-key', path: first.resource.at.path, branch },
        trace: traceTo(
          { at: first.resource.headAt, note: 'keys are issued here', role: 'sink' },
          review.at === undefined ? [] : [{ at: review.at, note: review.why, role: 'guard' }],
        ),
        replay: { engine: 'key-issuance', args: { branch } },
        grants: ['a long-lived key that nobody reviewed'],
        identity: ['unreviewed', branch],
      });
    else if (review.answer === 'undecided')
      gaps.push({
        reason: 'not-in-sight',
        message: `whether a key needs the approval of another person is not known: ${review.why}`,
        at: review.at ?? first.resource.headAt,
        closes: EXPORT_RULES,
        identity: 'approval of keys',
      });
    else witnesses.push({ ...(review.at === undefined ? {} : { at: review.at }), note: review.why });
    const makers = makersOfKeys(context, counterexamples, gaps);
    return conclude({
      claim:
        'every key is issued by code that another person approved, and nobody but administrators makes one past it',
      what: 'ways in which a key comes to be',
      elements: [`a change of ${branch}`, ...makers.map((arn) => `iam:CreateAccessKey by ${arn}`)],
      method:
        'rules of the branch; for every person in the code, each request that makes a long-lived secret for a user, decided symbolically for all of them. What the keys are encrypted to and how they rotate is judged by the exposure.',
      witnesses,
      counterexamples,
      gaps,
    });
  },
  replay: replayIssuance,
};
