import { charts, kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';
import { POLICY_KINDS } from './policy-kinds.ts';

/** Will be drilled with a foreign image in every container list, kind, namespace and operation, and with the webhook down. */
export const admissionDrill = undecided({
  id: 'admission-drill',
  kind: 'guard',
  title: 'An enforced policy that fails closed refuses a foreign image wherever it is asked for',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...kubernetesObjects(context, POLICY_KINDS), ...charts(context), ...terraformFiles(context)],
  missing: 'this version cannot replay an admission request',
  closes:
    'check by hand: scale the admission controller of a test cluster to zero, then kubectl run probe --image=<foreign image> --dry-run=server',
});
