/** What stands in a product for an engine to read: short phrases with counts, each list empty where there is nothing. */

import { counted } from './undecided.ts';
import type { Context } from './context.ts';

const NAMES_SHOWN = 3;

/** `41 Java files`, the most common language first. */
export function sourceFiles({ facts }: Context): readonly string[] {
  const languages = [...facts.inventory.languages].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return languages.flatMap(([language, count]) => counted(count, `${language} file`));
}

/** `2 manifests (orders/pom.xml, notifier/package-lock.json)`. */
export function manifests({ facts }: Context): readonly string[] {
  return named(facts.inventory.manifests, 'manifest');
}

/** `14 Terraform files`. */
export function terraformFiles({ facts }: Context): readonly string[] {
  return counted(facts.inventory.terraform.length, 'Terraform file');
}

/** `6 Kubernetes objects (Role, RoleBinding)`: those of the wanted kinds, and which kinds are there. */
export function kubernetesObjects({ facts }: Context, kinds: readonly string[]): readonly string[] {
  const objects = facts.kubernetes.filter((object) => kinds.includes(object.kind));
  const present = kinds.filter((kind) => objects.some((object) => object.kind === kind));
  return counted(objects.length, 'Kubernetes object').map((phrase) => `${phrase} (${present.join(', ')})`);
}

/** Kubernetes objects that say who may do what: roles, bindings and the identities of pods. */
export function rbacObjects(context: Context): readonly string[] {
  return kubernetesObjects(context, ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ServiceAccount']);
}

/** `3 Kubernetes objects that run pods`. */
export function workloads({ facts }: Context): readonly string[] {
  const running = facts.kubernetes.filter((object) => object.pod !== undefined);
  return counted(running.length, 'Kubernetes object that runs pods', 'Kubernetes objects that run pods');
}

/** `1 Helm chart that is not rendered`. */
export function charts({ facts }: Context): readonly string[] {
  const open = facts.chart.filter(({ isRendered }) => isRendered !== true);
  return counted(open.length, 'Helm chart that is not rendered', 'Helm charts that are not rendered');
}

/** `2 Dockerfiles`. */
export function dockerfiles({ facts }: Context): readonly string[] {
  return counted(facts.dockerfile.length, 'Dockerfile');
}

/** `4 compose services`. */
export function composeServices({ facts }: Context): readonly string[] {
  const services = facts.compose.reduce((sum, file) => sum + file.services.length, 0);
  return counted(services, 'compose service');
}

/** `2 workflows`, `1 other pipeline (.gitlab-ci.yml)`: where a gate would run. */
export function pipelines({ facts }: Context): readonly string[] {
  return [...counted(facts.workflow.length, 'workflow'), ...named(facts.inventory.otherPipelines, 'other pipeline')];
}

/** The pipelines with `1 set of branch rules`: where a gate would run, and what would require it. */
export function gates(context: Context): readonly string[] {
  return [
    ...pipelines(context),
    ...counted(context.facts['branch-rules'].length, 'set of branch rules', 'sets of branch rules'),
  ];
}

function named(paths: readonly string[], singular: string): readonly string[] {
  const more = paths.length - NAMES_SHOWN;
  const names = [...paths.slice(0, NAMES_SHOWN), ...(more > 0 ? [`${more} more`] : [])];
  return counted(paths.length, singular).map((phrase) => `${phrase} (${names.join(', ')})`);
}
