import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over the Terraform resources whose secret ends in the state, and over states in sight. */
export const stateValues = undecided({
  id: 'state-values',
  kind: 'exposure',
  title: 'No value of a Kubernetes secret stands in a Terraform state',
  needs: [],
  found: terraformFiles,
  missing: 'this version does not evaluate Terraform and reads no state',
  closes: "check by hand: terraform state list | grep -E 'kubernetes_secret|random_password'",
});
