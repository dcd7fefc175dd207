/** How the Kubernetes provider names fields of the API: snake case, blocks of a list in the singular. */

/** Fields whose name is not the camel case of the provider's. */
const IRREGULAR = new Map([
  ['ceph_fs', 'cephfs'],
  ['client_ip', 'clientIP'],
  ['cluster_ip', 'clusterIP'],
  ['cluster_ips', 'clusterIPs'],
  ['disk_uri', 'diskURI'],
  ['downward_api', 'downwardAPI'],
  ['external_ips', 'externalIPs'],
  ['host_ip', 'hostIP'],
  ['host_ips', 'hostIPs'],
  ['host_ipc', 'hostIPC'],
  ['host_pid', 'hostPID'],
  ['load_balancer_ip', 'loadBalancerIP'],
  ['non_resource_urls', 'nonResourceURLs'],
  ['pd_id', 'pdID'],
  ['pod_ip', 'podIP'],
  ['pod_cidr', 'podCIDR'],
  ['set_hostname_as_fqdn', 'setHostnameAsFQDN'],
  ['target_ww_ns', 'targetWWNs'],
  ['volume_id', 'volumeID'],
  ['vsphere_volume', 'vsphereVolume'],
]);

/** Blocks that are lists in the API, with their name there; all others are objects. */
const LISTS = new Map([
  ['address', 'addresses'],
  ['allowed_topologies', 'allowedTopologies'],
  ['cluster_role_selectors', 'clusterRoleSelectors'],
  ['container', 'containers'],
  ['egress', 'egress'],
  ['endpoint', 'endpoints'],
  ['env', 'env'],
  ['env_from', 'envFrom'],
  ['ephemeral_container', 'ephemeralContainers'],
  ['from', 'from'],
  ['host_aliases', 'hostAliases'],
  ['http_header', 'httpHeaders'],
  ['image_pull_secret', 'imagePullSecrets'],
  ['image_pull_secrets', 'imagePullSecrets'],
  ['ingress', 'ingress'],
  ['init_container', 'initContainers'],
  ['items', 'items'],
  ['limit', 'limits'],
  ['match_condition', 'matchConditions'],
  ['match_expression', 'matchExpressions'],
  ['match_expressions', 'matchExpressions'],
  ['match_fields', 'matchFields'],
  ['match_label_expressions', 'matchLabelExpressions'],
  ['metric', 'metrics'],
  ['node_selector_term', 'nodeSelectorTerms'],
  ['not_ready_address', 'notReadyAddresses'],
  ['on_pod_condition', 'onPodConditions'],
  ['option', 'options'],
  ['path', 'paths'],
  ['policy', 'policies'],
  ['port', 'ports'],
  ['ports', 'ports'],
  ['preferred_during_scheduling_ignored_during_execution', 'preferredDuringSchedulingIgnoredDuringExecution'],
  ['readiness_gate', 'readinessGates'],
  ['required_during_scheduling_ignored_during_execution', 'requiredDuringSchedulingIgnoredDuringExecution'],
  ['rule', 'rules'],
  ['sources', 'sources'],
  ['subject', 'subjects'],
  ['subset', 'subsets'],
  ['sysctl', 'sysctls'],
  ['taint', 'taints'],
  ['taints', 'taints'],
  ['tls', 'tls'],
  ['to', 'to'],
  ['token_requests', 'tokenRequests'],
  ['toleration', 'tolerations'],
  ['topology_spread_constraint', 'topologySpreadConstraints'],
  ['validation', 'validations'],
  ['variable', 'variables'],
  ['volume', 'volumes'],
  ['volume_claim_template', 'volumeClaimTemplates'],
  ['volume_device', 'volumeDevices'],
  ['volume_mount', 'volumeMounts'],
  ['webhook', 'webhooks'],
]);

/** Blocks whose name means something else in one place, by `parent.block`: an object there, or a list of its own name. */
const BY_PARENT: ReadonlyMap<string, string | undefined> = new Map([
  ['ephemeral.volume_claim_template', undefined],
  ['node_affinity.required_during_scheduling_ignored_during_execution', undefined],
  // The backend of an ingress; the ports of a service stand in its `spec`.
  ['service.port', undefined],
  ['root.secret', 'secrets'],
]);

/** The API's name of an attribute or of a block that is an object. */
export function fieldName(name: string): string {
  return IRREGULAR.get(name) ?? name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The API's name of a block that is a list there; undefined where it is an object. `parent` is the block around it, `root` for the resource. */
export function listName(name: string, parent: string): string | undefined {
  const key = `${parent}.${name}`;
  return BY_PARENT.has(key) ? BY_PARENT.get(key) : LISTS.get(name);
}
