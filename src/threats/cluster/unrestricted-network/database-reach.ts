import { charts, kubernetesObjects, terraformFiles, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';
import { POLICY_KINDS } from './policy-kinds.ts';

/** Will quantify over every pair of a pod and a database, through policies, security groups, subnets and routes. */
export const databaseReach = undecided({
  id: 'database-reach',
  kind: 'exposure',
  title: 'Only pods that have business with a database reach it',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...workloads(context),
    ...kubernetesObjects(context, POLICY_KINDS),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version has no engine that computes which pod reaches which address',
  closes: 'check by hand: kubectl exec --namespace <namespace> <pod> -- nc -zvw3 <database host> 5432',
});
