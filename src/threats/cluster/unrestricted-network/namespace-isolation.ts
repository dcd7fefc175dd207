import { charts, kubernetesObjects, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';
import { POLICY_KINDS } from './policy-kinds.ts';

/** Will quantify over every pair of pods in two namespaces. */
export const namespaceIsolation = undecided({
  id: 'namespace-isolation',
  kind: 'exposure',
  title: 'No pod reaches another namespace that did not allow it by name',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...workloads(context), ...kubernetesObjects(context, POLICY_KINDS), ...charts(context)],
  missing: 'this version has no engine that computes which pod reaches which pod',
  closes: 'check by hand: kubectl exec --namespace <namespace> <pod> -- nc -zvw3 <service>.<other namespace> <port>',
});
