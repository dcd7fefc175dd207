import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with each forbidden request, replayed in each account against the policies that bind it. */
export const attachedPolicies = undecided({
  id: 'attached-policies',
  kind: 'guard',
  title: 'The service control policies are attached where they bind every account',
  needs: [],
  found: terraformFiles,
  missing: 'this version does not build the tree of an organisation',
  closes:
    'check by hand: aws organizations list-policies-for-target --target-id <account> --filter SERVICE_CONTROL_POLICY',
});
