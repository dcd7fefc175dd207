import { gates, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a key for a user whose PGP key is missing, expired or another user's. */
export const keyIssuance = undecided({
  id: 'key-issuance',
  kind: 'guard',
  title: "Keys are issued by pull request, encrypted to the user's PGP key, rotated and revoked",
  needs: ['workflow', 'action', 'branch-rules'],
  found: (context) => [...terraformFiles(context), ...gates(context)],
  missing: 'this version does not check PGP keys or the rotation of access keys',
  closes: 'check by hand: read every aws_iam_access_key and aws_iam_user_login_profile: each needs `pgp_key`',
});
