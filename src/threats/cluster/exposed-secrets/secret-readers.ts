import { kubernetesObjects, rbacObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over each secret and every identity that reads it, through RBAC, through a pod, or through IAM. */
export const secretReaders = undecided({
  id: 'secret-readers',
  kind: 'exposure',
  title: 'No identity reads a secret that is not its own',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, ['Secret', 'ExternalSecret', 'SecretProviderClass']),
    ...rbacObjects(context),
    ...terraformFiles(context),
  ],
  missing: 'this version has no engine that lists the readers of a secret',
  closes:
    'check by hand: kubectl auth can-i get secrets --namespace <namespace> --as=system:serviceaccount:<namespace>:<name>, for each service account',
});
