import { charts, kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will look for a CNI whose installation is in sight and whose enforcement is switched on. */
export const enforcingCni = undecided({
  id: 'enforcing-cni',
  kind: 'guard',
  title: 'The network plugin of the cluster enforces network policies',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, ['Installation', 'DaemonSet']),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version does not recognise the network plugin of a cluster',
  closes:
    'check by hand: kubectl get daemonsets --all-namespaces, and for the VPC CNI: aws eks describe-addon --cluster-name <cluster> --addon-name vpc-cni',
});
