import { off, on, part } from './rules.ts';
import type { ChartSummary, Condition, ImageRule } from './types.ts';

/** https://github.com/projectcalico/calico/tree/master/charts/tigera-operator. */
export const TIGERA_OPERATOR: ChartSummary = {
  chart: 'tigera-operator',
  installs: 'calico',
  date: '2026-11',
  from: 'v3.25.0',
  repositories: [
    'https://docs.tigera.io/calico/charts',
    'https://docs.projectcalico.org/charts',
    'https://projectcalico.docs.tigera.io/charts',
  ],
  images: [
    {
      role: 'operator',
      path: 'tigeraOperator',
      registry: part('tigeraOperator.registry', 'quay.io'),
      repository: part('tigeraOperator.image', 'tigera/operator'),
      tag: part('tigeraOperator.version'),
    },
  ],
  never:
    'the operator itself chooses the images of Calico (calico/node, typha, kube-controllers, apiserver), from `installation.registry`',
  settings: [
    {
      name: 'enabled',
      path: 'installation.enabled',
      default: true,
      meaning: 'Calico itself is installed, and not the operator alone.',
    },
    {
      name: 'provider',
      path: 'installation.kubernetesProvider',
      default: '',
      meaning: 'The service that runs the cluster: EKS, GKE, AKS.',
    },
    {
      name: 'cni',
      path: 'installation.cni.type',
      meaning: 'The network plug-in: Calico, or AmazonVPC, with which Calico enforces policies only.',
    },
    { name: 'registry', path: 'installation.registry', meaning: 'The registry of all images that the operator runs.' },
    {
      name: 'replicas',
      path: 'installation.controlPlaneReplicas',
      default: 2,
      meaning: 'Replicas of what is no daemon.',
    },
  ],
};

const CLOUDS = ['eni', 'azure', 'alibabacloud'] as const;

function ciliumImage(role: string, path: string, repository: string, when?: readonly Condition[]): ImageRule {
  return {
    role,
    path,
    override: part(`${path}.override`),
    repository: part(`${path}.repository`, repository),
    tag: part(`${path}.tag`),
    digest: { from: [`${path}.digest`], use: `${path}.useDigest`, byChart: true },
    ...(when === undefined ? {} : { when }),
  };
}

/** The operator has an image of its own for each cloud, with a digest of its own. */
function ciliumOperator(name: string, when: readonly Condition[]): ImageRule {
  const digest = { from: [`operator.image.${name}Digest`], use: 'operator.image.useDigest', byChart: true } as const;
  const image = ciliumImage('operator', 'operator.image', 'quay.io/cilium/operator', [
    on('operator.enabled', true),
    ...when,
  ]);
  return { ...image, suffix: `-${name}`, digest };
}

const UI = [on('hubble.ui.enabled', false)];

/** https://docs.cilium.io/en/stable/helm-reference/. */
export const CILIUM: ChartSummary = {
  chart: 'cilium',
  installs: 'cilium',
  date: '2026-11',
  from: '1.16.0',
  repositories: ['https://helm.cilium.io', 'oci://quay.io/cilium/charts'],
  images: [
    ciliumImage('agent', 'image', 'quay.io/cilium/cilium'),
    ciliumOperator(
      'generic',
      CLOUDS.map((cloud) => off(`${cloud}.enabled`, false)),
    ),
    ciliumOperator('aws', [on('eni.enabled', false)]),
    ciliumOperator('azure', [on('azure.enabled', false)]),
    ciliumOperator('alibabacloud', [on('alibabacloud.enabled', false)]),
    ciliumImage('proxy', 'envoy.image', 'quay.io/cilium/cilium-envoy', [on('envoy.enabled', true)]),
    ciliumImage('relay of Hubble', 'hubble.relay.image', 'quay.io/cilium/hubble-relay', [
      on('hubble.relay.enabled', false),
    ]),
    ciliumImage('interface of Hubble, back', 'hubble.ui.backend.image', 'quay.io/cilium/hubble-ui-backend', UI),
    ciliumImage('interface of Hubble, front', 'hubble.ui.frontend.image', 'quay.io/cilium/hubble-ui', UI),
    ciliumImage('certificates', 'certgen.image', 'quay.io/cilium/certgen', [
      { path: 'hubble.tls.auto.method', is: 'cronJob', default: 'helm' },
    ]),
    ciliumImage('API of the mesh', 'clustermesh.apiserver.image', 'quay.io/cilium/clustermesh-apiserver', [
      on('clustermesh.useAPIServer', false),
    ]),
    ciliumImage('start of a node', 'nodeinit.image', 'quay.io/cilium/startup-script', [on('nodeinit.enabled', false)]),
    ciliumImage('preflight check', 'preflight.image', 'quay.io/cilium/cilium', [on('preflight.enabled', false)]),
  ],
  containers: ['extraContainers', 'extraInitContainers'],
  beyond: [
    { when: on('authentication.mutual.spire.enabled', false), what: 'SPIRE' },
    {
      when: on('clustermesh.mcsapi.corednsAutoConfigure.enabled', false),
      what: 'the configuration of CoreDNS for several clusters',
    },
    { when: on('preflight.validateCNPs', false), what: 'the check of policies before an upgrade' },
  ],
  settings: [
    {
      name: 'policy-enforcement',
      path: 'policyEnforcementMode',
      default: 'default',
      meaning: 'Whether policies are enforced: `default` where one selects the pod, `always`, or `never`.',
    },
    {
      name: 'kubernetes-policies',
      path: 'k8sNetworkPolicy.enabled',
      default: true,
      meaning: 'NetworkPolicy objects are enforced.',
    },
    { name: 'chaining', path: 'cni.chainingMode', meaning: 'Another network plug-in gives the addresses.' },
    {
      name: 'exclusive',
      path: 'cni.exclusive',
      default: true,
      meaning: 'Other network plug-ins of the node are switched off.',
    },
    {
      name: 'audit-only',
      path: 'policyAuditMode',
      default: false,
      meaning: 'What policies forbid is written down and lets pass.',
    },
    { name: 'replicas', path: 'operator.replicas', default: 2, meaning: 'Replicas of the operator.' },
  ],
};
