import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every account of the organisation and every request that its policy forbids. */
export const forbiddenRequests = undecided({
  id: 'forbidden-requests',
  kind: 'exposure',
  title: 'No account can make a request that the organisation forbids',
  needs: [],
  found: terraformFiles,
  missing: 'this version has no engine that evaluates service control policies',
  closes:
    'check by hand, in each account: aws ec2 create-volume --dry-run --no-encrypted --size 1 --availability-zone <zone>',
});
