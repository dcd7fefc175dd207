import { charts, kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a foreign pod that mounts the secret: its identity must be refused by the store. */
export const externalStore = undecided({
  id: 'external-store',
  kind: 'guard',
  title: 'Secrets come from an external store that refuses a foreign pod',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, ['SecretProviderClass', 'ExternalSecret', 'SecretStore', 'ClusterSecretStore']),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version does not join a secret store with the cloud rights of a pod',
  closes:
    'check by hand: mount the SecretProviderClass in a pod with another service account and see that it does not start',
});
