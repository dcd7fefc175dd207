import { kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over the clusters of the product and what encrypts the secrets that they store. */
export const etcdEncryption = undecided({
  id: 'etcd-encryption',
  kind: 'exposure',
  title: 'Secrets are stored encrypted in etcd',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...kubernetesObjects(context, ['EncryptionConfiguration']), ...terraformFiles(context)],
  missing: 'this version does not read how the cluster encrypts what it stores',
  closes: 'check by hand: aws eks describe-cluster --name <cluster> --query "cluster.[version, encryptionConfig]"',
});
