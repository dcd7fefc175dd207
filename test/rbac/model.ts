import { kubernetesReader } from '../../src/facts/kubernetes/reader.ts';
import { kubernetesFacts } from '../../src/engines/terraform/kubernetes/index.ts';
import { evaluateTerraform } from '../../src/engines/terraform/evaluate.ts';
import { buildRbac } from '../../src/engines/rbac/build-model.ts';
import type { RbacModel } from '../../src/engines/rbac/types.ts';

/** A model of YAML. */
export function modelOf(yaml: string, options: { readonly complete?: boolean } = {}): RbacModel {
  const reading = kubernetesReader.read({ path: 'rbac.yaml', text: yaml }, { paths: new Set() });
  if (reading instanceof Promise) throw new Error('the reader is synchronous');
  return buildRbac({ kubernetes: reading.facts, complete: options.complete ?? false });
}

/** A model of Terraform's Kubernetes objects and EKS resources. */
export function terraformModel(terraform: string): RbacModel {
  const { resources } = evaluateTerraform('', new Map([['main.tf', terraform]]));
  return buildRbac({ kubernetes: kubernetesFacts({ resources }).facts, terraform: resources });
}

/** A Role or ClusterRole with rules in flow style. */
export function role(name: string, rules: string, namespace?: string): string {
  const where = namespace === undefined ? '' : `, namespace: ${namespace}`;
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${namespace === undefined ? 'ClusterRole' : 'Role'}
metadata: {name: ${name}${where}}
rules: [${rules}]
`;
}

/** A binding of a ClusterRole, or of a Role with `Role/name`, to subjects in flow style. */
export function bind(name: string, to: string, subjects: string, namespace?: string): string {
  const where = namespace === undefined ? '' : `, namespace: ${namespace}`;
  const [kind, called] = to.startsWith('Role/') ? ['Role', to.slice(5)] : ['ClusterRole', to];
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding'}
metadata: {name: ${name}${where}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${called}}
subjects: [${subjects}]
`;
}

/** A rule of the core group. */
export function core(verbs: string, resources: string, names?: string): string {
  const only = names === undefined ? '' : `, resourceNames: [${names}]`;
  return `{apiGroups: [""], resources: [${resources}], verbs: [${verbs}]${only}}`;
}
