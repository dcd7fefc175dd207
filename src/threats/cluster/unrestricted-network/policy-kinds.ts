/** Kinds of objects that decide on connections: Kubernetes', Calico's, Cilium's, and the security groups of pods. */
export const POLICY_KINDS: readonly string[] = [
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'SecurityGroupPolicy',
];
