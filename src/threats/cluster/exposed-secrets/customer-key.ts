import { kubernetesObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled by reading the stored form of a new secret: whose key opens it? */
export const customerKey = undecided({
  id: 'customer-key',
  kind: 'guard',
  title: 'Secrets are under envelope encryption with a key of the customer',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...kubernetesObjects(context, ['EncryptionConfiguration']), ...terraformFiles(context)],
  missing: 'this version does not read the encryption key of a cluster',
  closes: 'check by hand: aws eks describe-cluster --name <cluster> --query cluster.encryptionConfig',
});
