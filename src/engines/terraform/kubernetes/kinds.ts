/** Which object of the Kubernetes API a resource of the provider makes: https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs. */

export interface ResourceKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether it lives in a namespace; undefined where that is not known. */
  readonly namespaced?: boolean;
  /** Set for a type that is not in the table: the group of its version is not known. */
  readonly guessed?: true;
}

type Row = readonly [type: string, apiVersion: string, kind: string, namespaced: boolean];

const RBAC = 'rbac.authorization.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const STORAGE = 'storage.k8s.io/v1';

/** Types as they are, without `kubernetes_`; a `_v1` form without a row of its own has the row of the plain form. */
const ROWS: readonly Row[] = [
  ['api_service', 'apiregistration.k8s.io/v1', 'APIService', false],
  ['certificate_signing_request', 'certificates.k8s.io/v1', 'CertificateSigningRequest', false],
  ['cluster_role', RBAC, 'ClusterRole', false],
  ['cluster_role_binding', RBAC, 'ClusterRoleBinding', false],
  ['config_map', 'v1', 'ConfigMap', true],
  ['config_map_v1_data', 'v1', 'ConfigMap', true],
  ['cron_job', 'batch/v1beta1', 'CronJob', true],
  ['cron_job_v1', 'batch/v1', 'CronJob', true],
  ['csi_driver', 'storage.k8s.io/v1', 'CSIDriver', false],
  ['daemonset', 'apps/v1', 'DaemonSet', true],
  ['daemon_set', 'apps/v1', 'DaemonSet', true],
  ['default_service_account', 'v1', 'ServiceAccount', true],
  ['deployment', 'apps/v1', 'Deployment', true],
  ['endpoint_slice', 'discovery.k8s.io/v1', 'EndpointSlice', true],
  ['endpoints', 'v1', 'Endpoints', true],
  ['horizontal_pod_autoscaler', 'autoscaling/v1', 'HorizontalPodAutoscaler', true],
  ['horizontal_pod_autoscaler_v2', 'autoscaling/v2', 'HorizontalPodAutoscaler', true],
  ['horizontal_pod_autoscaler_v2beta2', 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', true],
  ['ingress', 'extensions/v1beta1', 'Ingress', true],
  ['ingress_v1', 'networking.k8s.io/v1', 'Ingress', true],
  ['ingress_class', 'networking.k8s.io/v1', 'IngressClass', false],
  ['job', 'batch/v1', 'Job', true],
  ['limit_range', 'v1', 'LimitRange', true],
  ['mutating_webhook_configuration', ADMISSION, 'MutatingWebhookConfiguration', false],
  ['namespace', 'v1', 'Namespace', false],
  ['network_policy', 'networking.k8s.io/v1', 'NetworkPolicy', true],
  ['persistent_volume', 'v1', 'PersistentVolume', false],
  ['persistent_volume_claim', 'v1', 'PersistentVolumeClaim', true],
  ['pod', 'v1', 'Pod', true],
  ['pod_disruption_budget', 'policy/v1beta1', 'PodDisruptionBudget', true],
  ['pod_disruption_budget_v1', 'policy/v1', 'PodDisruptionBudget', true],
  ['pod_security_policy', 'policy/v1beta1', 'PodSecurityPolicy', false],
  ['pod_security_policy_v1beta1', 'policy/v1beta1', 'PodSecurityPolicy', false],
  ['priority_class', 'scheduling.k8s.io/v1', 'PriorityClass', false],
  ['replication_controller', 'v1', 'ReplicationController', true],
  ['resource_quota', 'v1', 'ResourceQuota', true],
  ['role', RBAC, 'Role', true],
  ['role_binding', RBAC, 'RoleBinding', true],
  ['runtime_class', 'node.k8s.io/v1', 'RuntimeClass', false],
  ['secret', 'v1', 'Secret', true],
  ['secret_v1_data', 'v1', 'Secret', true],
  ['service', 'v1', 'Service', true],
  ['service_account', 'v1', 'ServiceAccount', true],
  ['stateful_set', 'apps/v1', 'StatefulSet', true],
  ['storage_class', STORAGE, 'StorageClass', false],
  ['token_request', 'authentication.k8s.io/v1', 'TokenRequest', true],
  ['validating_admission_policy', ADMISSION, 'ValidatingAdmissionPolicy', false],
  ['validating_webhook_configuration', ADMISSION, 'ValidatingWebhookConfiguration', false],
];

const KINDS: ReadonlyMap<string, ResourceKind> = new Map(
  ROWS.map(([type, apiVersion, kind, namespaced]) => [type, { apiVersion, kind, namespaced }]),
);

/** Types that change a part of an object which stands elsewhere. */
const PATCHES = new Set(['labels', 'annotations', 'env', 'node_taint']);

/** What a `kubernetes_*` type makes; `patch` where it makes none of its own; undefined for another provider's type. */
export function kindOfType(type: string): ResourceKind | 'patch' | undefined {
  if (!type.startsWith('kubernetes_')) return undefined;
  const name = type.slice('kubernetes_'.length);
  if (PATCHES.has(name)) return 'patch';
  return KINDS.get(name) ?? KINDS.get(name.replace(/_v1$/, '')) ?? fallback(name);
}

/** A type that has no row: its name says kind and version, and the group is not known. */
function fallback(name: string): ResourceKind {
  const [, base = name, version = 'v1'] = /^(.*?)_(v\d+(?:(?:alpha|beta)\d+)?)$/.exec(name) ?? [];
  const kind = base.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return { apiVersion: version, kind, guessed: true };
}
