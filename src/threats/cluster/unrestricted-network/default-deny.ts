import { charts, kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';
import { POLICY_KINDS } from './policy-kinds.ts';

/** Will be drilled with connections of a new pod that must fail, and with those of the product that must work. */
export const defaultDeny = undecided({
  id: 'default-deny',
  kind: 'guard',
  title: 'A new pod in any namespace of the product may connect to nothing until a policy allows it',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, ['Namespace', ...POLICY_KINDS]),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version cannot replay a connection against network policies',
  closes:
    'check by hand: kubectl run probe --namespace <namespace> --image=busybox:1.37 --rm -it --restart=Never -- nc -zvw3 <service> <port>',
});
