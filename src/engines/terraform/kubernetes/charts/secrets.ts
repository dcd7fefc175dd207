import { off, on, part, plainImage } from './rules.ts';
import type { ChartSummary, Condition, ImageRule } from './types.ts';

const DRIVER = 'registry.k8s.io/csi-secrets-store/driver';
const SIDE = 'registry.k8s.io/sig-storage';

function driverImages(platform: 'linux' | 'windows', byDefault: boolean): ImageRule[] {
  const when = [on(`${platform}.enabled`, byDefault)];
  return [
    plainImage(`driver on ${platform}`, `${platform}.image`, DRIVER, { digest: true, when }),
    plainImage(`registrar on ${platform}`, `${platform}.registrarImage`, `${SIDE}/csi-node-driver-registrar`, {
      digest: true,
      when,
    }),
    plainImage(`liveness probe on ${platform}`, `${platform}.livenessProbeImage`, `${SIDE}/livenessprobe`, {
      digest: true,
      when,
    }),
  ];
}

/** https://github.com/kubernetes-sigs/secrets-store-csi-driver/tree/main/charts/secrets-store-csi-driver. */
export const SECRETS_STORE: ChartSummary = {
  chart: 'secrets-store-csi-driver',
  installs: 'secrets-store-csi-driver',
  date: '2026-11',
  from: '1.4.0',
  repositories: ['https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts'],
  images: [
    ...driverImages('linux', true),
    ...driverImages('windows', false),
    plainImage('custom resources', 'linux.crds.image', 'registry.k8s.io/csi-secrets-store/driver-crds', {
      when: [on('linux.crds.enabled', true)],
    }),
  ],
  settings: [
    {
      name: 'sync-secret',
      path: 'syncSecret.enabled',
      default: false,
      meaning: 'What is mounted may be copied into Kubernetes secrets.',
    },
    { name: 'rotation', path: 'enableSecretRotation', default: false, meaning: 'Mounted secrets follow the store.' },
    {
      name: 'token-requests',
      path: 'tokenRequests',
      default: [],
      meaning: 'Audiences of the tokens that the driver takes for pods.',
    },
  ],
};

/** https://github.com/aws/secrets-store-csi-driver-provider-aws/tree/main/charts/secrets-store-csi-driver-provider-aws. */
export const SECRETS_STORE_AWS: ChartSummary = {
  chart: 'secrets-store-csi-driver-provider-aws',
  installs: 'secrets-store-csi-driver-provider-aws',
  date: '2026-11',
  from: '2.0.0',
  repositories: ['https://aws.github.io/secrets-store-csi-driver-provider-aws'],
  images: [plainImage('provider', 'image', 'public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws')],
  beyond: [{ when: on('secrets-store-csi-driver.install', true), what: 'the chart of secrets-store-csi-driver' }],
  settings: [
    {
      name: 'installs-driver',
      path: 'secrets-store-csi-driver.install',
      default: true,
      meaning: 'The driver is installed with it.',
    },
  ],
};

function externalSecretsImage(role: string, path: string, when: readonly Condition[]): ImageRule {
  return {
    role,
    path,
    repository: part(['global.repository', `${path}.repository`], 'ghcr.io/external-secrets/external-secrets'),
    tag: part(`${path}.tag`),
    when,
  };
}

function flavour(path: string): { when: Condition; what: string } {
  return {
    when: { path: `${path}.flavour`, is: '(given)', default: '' },
    what: 'a flavour of the image, which changes its tag',
  };
}

/** https://github.com/external-secrets/external-secrets/tree/main/deploy/charts/external-secrets. */
export const EXTERNAL_SECRETS: ChartSummary = {
  chart: 'external-secrets',
  installs: 'external-secrets',
  date: '2026-11',
  from: '0.10.0',
  repositories: ['https://charts.external-secrets.io', 'oci://ghcr.io/external-secrets/charts'],
  images: [
    externalSecretsImage('operator', 'image', [on('createOperator', true)]),
    externalSecretsImage('webhook', 'webhook.image', [on('webhook.create', true)]),
    externalSecretsImage('certificates', 'certController.image', [
      on('certController.create', true),
      off('webhook.certManager.enabled', false),
    ]),
  ],
  containers: [
    'extraContainers',
    'extraInitContainers',
    'webhook.extraInitContainers',
    'certController.extraInitContainers',
  ],
  beyond: [
    { when: on('bitwarden-sdk-server.enabled', false), what: 'the chart of bitwarden-sdk-server' },
    flavour('image'),
    flavour('webhook.image'),
    flavour('certController.image'),
  ],
  settings: [
    { name: 'replicas', path: 'replicaCount', default: 1, meaning: 'Replicas of the operator.' },
    {
      name: 'failure-policy',
      path: 'webhook.failurePolicy',
      default: 'Fail',
      meaning: 'What happens to stores and external secrets while the webhook does not answer.',
    },
    {
      name: 'scoped-namespace',
      path: 'scopedNamespace',
      default: '',
      meaning: 'The one namespace that it serves; empty: all.',
    },
    {
      name: 'scoped-rbac',
      path: 'scopedRBAC',
      default: false,
      meaning: 'It may read the secrets of that namespace only.',
    },
  ],
};
