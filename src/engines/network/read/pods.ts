import { child, descend, itemsOf, textOf, whyUnknown, type YamlNode } from '../../../lib/yaml/index.ts';
import { protocolNumber } from '../protocols.ts';
import type { Doubt, NamedPort, PodEndpoint } from '../types.ts';
import { readLabels } from './labels.ts';
import { accountLabels, namespaceLabels, type Surroundings } from './namespaces.ts';
import type { ClusterObject } from './objects.ts';
import { isPort } from './ports.ts';
import { present } from './reading.ts';

const TEMPLATE = ['spec', 'template'];

/** Where a kind keeps the template of its pods. */
const ROUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

/** Labels that controllers add, whose values nobody knows before. */
const ADDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ['pod-template-hash']],
  ['Rollout', ['rollouts-pod-template-hash']],
  ['DaemonSet', ['controller-revision-hash', 'pod-template-generation']],
  ['StatefulSet', ['controller-revision-hash', 'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index']],
  ['Job', ['controller-uid', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index']],
  ['CronJob', ['controller-uid', 'batch.kubernetes.io/controller-uid', 'job-name', 'batch.kubernetes.io/job-name']],
]);

/** The pods of an object; undefined where it runs none. */
export function podOf(object: ClusterObject, around: Surroundings): PodEndpoint | undefined {
  const { fact, name, namespace } = object;
  if (fact.pod === undefined || fact.kind === 'PodTemplate') return undefined;
  const template = templateOf(fact.root, ROUTES.get(fact.kind) ?? TEMPLATE);
  const spec = part(template, 'spec');
  const account = part(spec, 'serviceAccountName') ?? part(spec, 'serviceAccount');
  const host = part(spec, 'hostNetwork');
  const hostDoubt = unknownOf(host);
  const place = typeof namespace === 'string' ? namespace : '(unknown)';
  const labels = readLabels(part(template, 'metadata'), impliedLabels(fact.kind, name));
  // Whoever serves with Knative adds labels of its own.
  const added: Doubt | undefined =
    fact.kind === 'Service' ? { why: `${fact.kind} ${name}: its controller adds labels`, at: fact.at } : undefined;
  return {
    id: `${place}/${name}[${fact.kind}]`,
    namespace: place,
    name,
    kind: fact.kind,
    at: fact.at,
    labels: added === undefined ? labels : { ...labels, open: added },
    namespaceLabels: namespaceLabels(around, namespace),
    accountLabels: accountLabels(around, namespace, unknownOf(account) ?? textOf(present(account)) ?? 'default'),
    hostNetwork: hostDoubt ?? (host?.kind === 'scalar' && host.value === true),
    ...portsOf(spec),
  };
}

function impliedLabels(kind: string, name: string): (readonly [string, string | Doubt])[] {
  const known: (readonly [string, string])[] =
    kind === 'Job'
      ? [
          ['job-name', name],
          ['batch.kubernetes.io/job-name', name],
        ]
      : [];
  const added = (ADDED.get(kind) ?? []).map(
    (key) => [key, { why: `${kind} ${name}: its controller chooses the label ${key}` }] as const,
  );
  return [['projectcalico.org/orchestrator', 'k8s'], ...known, ...added];
}

function templateOf(root: YamlNode, route: readonly string[]): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const step of route) node = part(node, step);
  return node;
}

/** The value under a key; of a node that is not known, the node itself: so is every part of it. */
function part(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return whyUnknown(node) === undefined ? child(node, key) : node;
}

function unknownOf(node: YamlNode | undefined): Doubt | undefined {
  const why = whyUnknown(node);
  return why === undefined || node === undefined ? undefined : { why, at: node.at };
}

/** Named ports of containers, and of init containers that keep running. */
function portsOf(spec: YamlNode | undefined): Pick<PodEndpoint, 'ports' | 'portsOpen'> {
  const ports: NamedPort[] = [];
  let open = unknownOf(spec);
  const lasting = itemsOf(part(spec, 'initContainers')).filter(
    (one) => textOf(descend(one, 'restartPolicy')) === 'Always',
  );
  for (const container of [...itemsOf(part(spec, 'containers')), ...lasting]) {
    for (const port of itemsOf(present(part(container, 'ports')))) {
      const [name, number, protocol] = ['name', 'containerPort', 'protocol'].map((key) => present(part(port, key)));
      open ??= unknownOf(port) ?? unknownOf(name) ?? unknownOf(number) ?? unknownOf(protocol);
      const text = textOf(name);
      const value = number?.kind === 'scalar' ? number.value : undefined;
      const of = protocolNumber(textOf(protocol) ?? 'TCP');
      if (text !== undefined && of !== undefined && isPort(value))
        ports.push({ name: text, protocol: of, port: value });
    }
  }
  return { ports, ...(open === undefined ? {} : { portsOpen: open }) };
}
