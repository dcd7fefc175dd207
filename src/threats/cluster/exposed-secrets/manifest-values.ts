import { charts, kubernetesObjects, terraformFiles, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over Secret objects, literal environment values and the values of charts. */
export const manifestValues = undecided({
  id: 'manifest-values',
  kind: 'exposure',
  title: 'No secret value stands in a manifest or in the environment of a container',
  needs: ['kubernetes', 'chart'],
  found: (context) => [
    ...kubernetesObjects(context, ['Secret', 'SealedSecret']),
    ...workloads(context),
    ...charts(context),
    ...terraformFiles(context),
  ],
  missing: 'this version does not decide whether a value in a Secret object or an environment is a secret in clear',
  closes: 'check by hand: read every Secret object and every literal `value:` under `env:`',
});
