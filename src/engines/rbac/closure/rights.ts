/**
 * Rights that let somebody become somebody else, or reach what is not theirs: the union of what is published in the RBAC
 * good practices of Kubernetes (https://kubernetes.io/docs/concepts/security/rbac-good-practices/), in the attacks of
 * KubeHound, the library of rbac-police and the attack paths of IceKube, as they stood on 2026-11-21.
 */

export interface Right {
  readonly verbs: readonly string[];
  /** `resource.group` or `resource/subresource.group`; without a group it is the core's. */
  readonly on: readonly string[];
  /** The request names its object, so that `resourceNames` can grant it. */
  readonly named: boolean;
}

const CHANGE = ['update', 'patch'];
const WRITE = ['create', ...CHANGE];
const READ = ['get', 'list', 'watch'];
const CONTROLLERS = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'replicasets.apps',
  'replicationcontrollers',
  'jobs.batch',
  'cronjobs.batch',
];
const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

export const RIGHTS = {
  createPods: { verbs: ['create'], on: ['pods'], named: false },
  createControllers: { verbs: ['create'], on: CONTROLLERS, named: false },
  changeControllers: { verbs: CHANGE, on: CONTROLLERS, named: true },
  changePods: { verbs: CHANGE, on: ['pods'], named: true },
  execPods: { verbs: ['create', 'get'], on: ['pods/exec', 'pods/attach'], named: true },
  debugPods: { verbs: CHANGE, on: ['pods/ephemeralcontainers'], named: true },
  forwardPorts: { verbs: ['create', 'get'], on: ['pods/portforward', 'pods/proxy', 'services/proxy'], named: true },
  readSecrets: { verbs: READ, on: ['secrets'], named: true },
  createSecrets: { verbs: ['create'], on: ['secrets'], named: false },
  mintTokens: { verbs: ['create'], on: ['serviceaccounts/token'], named: true },
  impersonateAccounts: { verbs: ['impersonate'], on: ['serviceaccounts'], named: true },
  impersonateUsers: { verbs: ['impersonate'], on: ['users'], named: true },
  impersonateGroups: { verbs: ['impersonate'], on: ['groups'], named: true },
  writeClusterBindings: { verbs: WRITE, on: [`clusterrolebindings.${RBAC}`], named: true },
  writeBindings: { verbs: WRITE, on: [`rolebindings.${RBAC}`], named: true },
  bindClusterRoles: { verbs: ['bind'], on: [`clusterroles.${RBAC}`], named: true },
  bindRoles: { verbs: ['bind'], on: [`roles.${RBAC}`], named: true },
  changeClusterRoles: { verbs: CHANGE, on: [`clusterroles.${RBAC}`], named: true },
  createClusterRoles: { verbs: ['create'], on: [`clusterroles.${RBAC}`], named: false },
  changeRoles: { verbs: CHANGE, on: [`roles.${RBAC}`], named: true },
  escalateClusterRoles: { verbs: ['escalate'], on: [`clusterroles.${RBAC}`], named: true },
  escalateRoles: { verbs: ['escalate'], on: [`roles.${RBAC}`], named: true },
  createRequests: { verbs: ['create'], on: ['certificatesigningrequests.certificates.k8s.io'], named: false },
  approveRequests: { verbs: CHANGE, on: ['certificatesigningrequests/approval.certificates.k8s.io'], named: true },
  approveSigners: { verbs: ['approve'], on: ['signers.certificates.k8s.io'], named: true },
  proxyNodes: { verbs: ['create', 'get'], on: ['nodes/proxy'], named: true },
  writeMutatingWebhooks: { verbs: WRITE, on: [`mutatingwebhookconfigurations.${ADMISSION}`], named: true },
  changeAdmission: {
    verbs: ['delete', 'deletecollection', ...CHANGE],
    on: [
      `mutatingwebhookconfigurations.${ADMISSION}`,
      `validatingwebhookconfigurations.${ADMISSION}`,
      `validatingadmissionpolicies.${ADMISSION}`,
      `validatingadmissionpolicybindings.${ADMISSION}`,
      'clusterpolicies.kyverno.io',
    ],
    named: true,
  },
  exceptPolicies: { verbs: WRITE, on: ['policyexceptions.kyverno.io'], named: true },
  changeNamespaces: { verbs: CHANGE, on: ['namespaces'], named: true },
  changeConfigMaps: { verbs: CHANGE, on: ['configmaps'], named: true },
  changeNodeStatus: { verbs: CHANGE, on: ['nodes/status', 'nodes'], named: true },
  movePods: { verbs: [...CHANGE, 'create', 'delete'], on: ['pods/status', 'pods/eviction'], named: true },
  createVolumes: { verbs: ['create'], on: ['persistentvolumes'], named: false },
  createClaims: { verbs: ['create'], on: ['persistentvolumeclaims'], named: false },
} as const satisfies Readonly<Record<string, Right>>;

export type RightName = keyof typeof RIGHTS;
