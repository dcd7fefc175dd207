import { charts, kubernetesObjects, terraformFiles, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';
import { POLICY_KINDS } from './policy-kinds.ts';

/** Will quantify over every pod that could be asked for: container list, kind, namespace, operation and image. */
export const admission = undecided({
  id: 'admission',
  kind: 'exposure',
  title: 'No pod with an image from outside the allowed registries is admitted',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, POLICY_KINDS),
    ...workloads(context),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version has no engine that evaluates admission policies',
  closes: 'check by hand: kubectl run probe --namespace <namespace> --image=<foreign image> --dry-run=server',
});
