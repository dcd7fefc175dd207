import type { BootstrapRole } from '../bootstrap/parse.ts';

// What the access policies of EKS grant, by https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
// as the guide's source had it in 2025. EKS evaluates them beside RBAC; their rules have the same meaning.

const WRITE = 'create delete deletecollection patch update';
const READ = 'get list watch';

const VIEW: readonly string[] = [
  `${READ} | apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status`,
  `${READ} | autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status`,
  `${READ} | batch | cronjobs cronjobs/status jobs jobs/status`,
  `${READ} | discovery.k8s.io | endpointslices`,
  `${READ} | extensions | daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale`,
  `${READ} | networking.k8s.io | ingresses ingresses/status networkpolicies`,
  `${READ} | policy | poddisruptionbudgets poddisruptionbudgets/status`,
  `${READ} | core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status`,
  `${READ} | core | bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status`,
  `${READ} | core | namespaces`,
];

const EDIT: readonly string[] = [
  ...VIEW,
  `${WRITE} | apps | daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale`,
  `${WRITE} | autoscaling | horizontalpodautoscalers`,
  `${WRITE} | batch | cronjobs jobs`,
  `${WRITE} | extensions | daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale`,
  `${WRITE} | networking.k8s.io | ingresses networkpolicies`,
  `${WRITE} | policy | poddisruptionbudgets`,
  `${READ} | core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy`,
  'impersonate | core | serviceaccounts',
  `${WRITE} | core | pods pods/attach pods/exec pods/portforward pods/proxy`,
  `${WRITE} | core | configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy`,
];

/** Policies by name, as roles; a name that is not here grants what is not known. */
export const ACCESS_POLICIES: readonly BootstrapRole[] = [
  { name: 'AmazonEKSClusterAdminPolicy', rules: ['* | * | *', '* | *'] },
  {
    name: 'AmazonEKSAdminPolicy',
    rules: [
      ...EDIT,
      'create | authorization.k8s.io | localsubjectaccessreviews',
      `${WRITE} ${READ} | rbac.authorization.k8s.io | rolebindings roles`,
    ],
  },
  { name: 'AmazonEKSAdminViewPolicy', rules: [`${READ} | * | *`] },
  { name: 'AmazonEKSEditPolicy', rules: EDIT },
  { name: 'AmazonEKSViewPolicy', rules: VIEW },
  { name: 'AmazonEKSSecretReaderPolicy', rules: [`${READ} | core | secrets`] },
];

/** Policies of nodes and of EKS itself, whose rights are for its own components: they are left out of every claim. */
export const SERVICE_POLICIES: ReadonlySet<string> = new Set([
  'AmazonEKSAutoNodePolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSLoadBalancingClusterPolicy',
  'AmazonEKSNetworkingPolicy',
  'AmazonEKSNetworkingClusterPolicy',
  'AmazonEKSHybridPolicy',
]);
