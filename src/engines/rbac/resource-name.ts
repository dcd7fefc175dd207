import { bootstrapRoles } from './bootstrap/index.ts';

/** A resource as a request names it. */
export interface ResourceName {
  readonly resource: string;
  readonly group: string;
  readonly subresource?: string;
}

/**
 * Reads `pods`, `pods/exec`, `deployments.apps`, `deployments.apps/scale`. Without a group it is the one in which the
 * roles of Kubernetes have the resource; the core group where they do not know it.
 */
export function parseResource(text: string): ResourceName {
  const slash = text.indexOf('/');
  const whole = slash < 0 ? text : text.slice(0, slash);
  const subresource = slash < 0 ? undefined : text.slice(slash + 1);
  const dot = whole.indexOf('.');
  const resource = dot < 0 ? whole : whole.slice(0, dot);
  const group = dot < 0 ? (groups().get(resource) ?? '') : whole.slice(dot + 1);
  return { resource, group, ...(subresource === undefined ? {} : { subresource }) };
}

let memo: ReadonlyMap<string, string> | undefined;

/** The group of each resource; `extensions` is where Kubernetes once had some of them. */
function groups(): ReadonlyMap<string, string> {
  if (memo !== undefined) return memo;
  const found = new Map<string, string>();
  for (const { rules } of bootstrapRoles()) {
    for (const { apiGroups, resources } of rules) {
      for (const group of apiGroups) {
        for (const resource of resources) {
          const isCore = group === '' && found.get(resource) !== '';
          if (group !== '*' && group !== 'extensions' && (isCore || !found.has(resource))) found.set(resource, group);
        }
      }
    }
  }
  for (const resource of OTHERS) found.set(resource[0], resource[1]);
  memo = found;
  return found;
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Resources that no role of Kubernetes names. */
const OTHERS = [
  ['clusterroles', RBAC],
  ['clusterrolebindings', RBAC],
  ['mutatingwebhookconfigurations', ADMISSION],
  ['validatingwebhookconfigurations', ADMISSION],
  ['validatingadmissionpolicies', ADMISSION],
  ['validatingadmissionpolicybindings', ADMISSION],
  ['customresourcedefinitions', 'apiextensions.k8s.io'],
  ['ingressclasses', 'networking.k8s.io'],
  ['priorityclasses', 'scheduling.k8s.io'],
] as const;
