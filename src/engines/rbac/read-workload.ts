import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { optional } from '../../facts/workflow/read-steps.ts';
import { child, entriesOf, itemsOf, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import { flagOf } from './read-values.ts';
import type { SecretReference, Workload } from './types.ts';

/** Where each kind keeps the spec of its pods. */
const POD_SPECS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);
const TEMPLATE = ['spec', 'template', 'spec'];

/** The account that a workload runs as and the secrets that its pods hold; undefined for what runs no pod. */
export function readWorkload(
  { kind, root, at, pod }: KubernetesFact,
  name: string,
  namespace: string,
): Workload | undefined {
  if (pod === undefined) return undefined;
  let spec: YamlNode | undefined = root;
  for (const key of POD_SPECS.get(kind) ?? TEMPLATE) spec = child(spec, key);
  return {
    kind,
    namespace,
    name,
    serviceAccount: textOf(child(spec, 'serviceAccountName')) ?? textOf(child(spec, 'serviceAccount')) ?? 'default',
    secrets: secretsOf(spec),
    ...optional('mountsToken', mountsToken(spec)),
    ...optional('escapes', escapeOf(spec)),
    at,
  };
}

function mountsToken(spec: YamlNode | undefined): boolean | undefined {
  const isProjected = itemsOf(child(spec, 'volumes')).some((volume) =>
    itemsOf(child(child(volume, 'projected'), 'sources')).some((one) => isForApi(child(one, 'serviceAccountToken'))),
  );
  return isProjected ? true : flagOf(child(spec, 'automountServiceAccountToken'));
}

/** A token for another audience is refused by the API server. */
function isForApi(token: YamlNode | undefined): boolean {
  return token !== undefined && child(token, 'audience') === undefined;
}

/** Paths of a node that give what its pods hold, also where they are only read: sockets of the runtime, and what the kubelet keeps. */
const HELD_PATHS = [
  '/run/containerd',
  '/run/crio',
  '/run/docker.sock',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/kubelet',
  '/var/run/containerd',
  '/var/run/crio',
  '/var/run/docker.sock',
];
/** Paths of a node that give its root where they are written. */
const ROOT_PATHS = [...HELD_PATHS, '/etc', '/proc', '/root', '/usr'];

/** Why a pod has its node: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline. */
function escapeOf(spec: YamlNode | undefined): Workload['escapes'] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    itemsOf(child(spec, list)),
  );
  for (const volume of itemsOf(child(spec, 'volumes'))) {
    const node = child(child(volume, 'hostPath'), 'path');
    const path = textOf(node)?.replace(/(?<=.)\/$/, '');
    if (node === undefined || path === undefined) continue;
    const name = textOf(child(volume, 'name'));
    const isWritten = containers
      .flatMap((container) => itemsOf(child(container, 'volumeMounts')))
      .some((mount) => textOf(child(mount, 'name')) === name && flagOf(child(mount, 'readOnly')) !== true);
    const paths = isWritten ? ROOT_PATHS : HELD_PATHS;
    if (paths.some((root) => isWithin(root, path) || isWithin(path, root)))
      return { how: `mounts ${path}`, at: node.at };
  }
  for (const container of containers) {
    const node = child(child(container, 'securityContext'), 'privileged');
    if (node !== undefined && flagOf(node) === true) return { how: 'is privileged', at: node.at };
  }
  const pid = child(spec, 'hostPID');
  return pid !== undefined && flagOf(pid) === true ? { how: 'sees the processes of its node', at: pid.at } : undefined;
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}

/** Every secret that a pod's spec names: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets. */
function secretsOf(spec: YamlNode | undefined): SecretReference[] {
  const found: SecretReference[] = [];
  for (const volume of itemsOf(child(spec, 'volumes'))) {
    add(child(child(volume, 'secret'), 'secretName'));
    for (const source of itemsOf(child(child(volume, 'projected'), 'sources'))) {
      add(child(child(source, 'secret'), 'name'));
    }
    // Drivers of volumes name theirs in one of several fields: `secretRef`, `nodePublishSecretRef` ...
    for (const { key, value } of entriesOf(volume)) {
      if (key === 'secret' || key === 'projected') continue;
      for (const field of entriesOf(value)) if (/secretref$/i.test(field.key)) add(child(field.value, 'name'));
    }
  }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    for (const container of itemsOf(child(spec, list))) {
      for (const variable of itemsOf(child(container, 'env'))) {
        add(child(child(child(variable, 'valueFrom'), 'secretKeyRef'), 'name'));
      }
      for (const source of itemsOf(child(container, 'envFrom'))) add(child(child(source, 'secretRef'), 'name'));
    }
  }
  for (const one of itemsOf(child(spec, 'imagePullSecrets'))) add(child(one, 'name'), false);
  return found;

  function add(node: YamlNode | undefined, held = true): void {
    const name = textOf(node);
    if (node !== undefined && name !== undefined && !found.some((one) => one.name === name)) {
      found.push({ name, at: node.at, held });
    }
  }
}
