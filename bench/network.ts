// The whole relation of a large cluster, in this process: reads policies and pods from facts, computes who reaches whom
// over which ports, and counts the pairs of pods. Parsing YAML is not in it. Each row runs in a process of its own.
import { spawnSync } from 'node:child_process';
import type { KubernetesFact } from '../src/facts/kubernetes/types.ts';
import { networkOf } from '../src/engines/network/network.ts';
import type { YamlNode } from '../src/lib/yaml/index.ts';

const ROWS = [
  { name: '1,000 pods, 300 policies', pods: 1000, policies: 300, unique: false },
  { name: '10,000 pods, 5,000 policies', pods: 10_000, policies: 5000, unique: false },
  { name: '10,000 pods with labels of their own, 5,000 policies', pods: 10_000, policies: 5000, unique: true },
] as const;

const chosen = ROWS.find(({ name }) => name === process.argv[2]);
if (chosen !== undefined) measure(chosen);
else {
  console.log('| cluster | parts of the relation | pairs of pods that connect | time | CPU time | peak memory |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { name } of ROWS) {
    const args = [...process.execArgv, import.meta.filename, name];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    process.stdout.write(stdout === '' ? stderr : stdout);
  }
}

function measure({ name, pods, policies, unique }: (typeof ROWS)[number]): void {
  const facts = factsOf(pods, policies, unique);
  const started = performance.now();
  const before = process.cpuUsage();
  const network = networkOf(facts);
  let [parts, connected] = [0, 0];
  for (const { from, to, connections } of network.relation()) {
    parts++;
    if ('pods' in from && 'pods' in to && connections.allowed.length > 0)
      connected += from.pods.length * to.pods.length;
  }
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `| ${name} | ${parts.toLocaleString('en')} | ${connected.toLocaleString('en')} | ${milliseconds.toFixed(0)} ms | ${((user + system) / 1000).toFixed(0)} ms | ${memory.toFixed(0)} MB |`,
  );
}

/** 100 namespaces with 30 apps each; policies isolate apps, and allow others of the namespace, of other ones, and blocks. */
function factsOf(pods: number, policies: number, unique: boolean): KubernetesFact[] {
  const namespaces = 100;
  const facts = Array.from({ length: namespaces }, (_, at) =>
    fact('v1', 'Namespace', { name: `ns${at}`, labels: { team: `t${at % 10}` } }, {}),
  );
  for (let at = 0; at < pods; at++) {
    const labels = {
      app: `a${Math.floor(at / namespaces) % 30}`,
      tier: `t${at % 3}`,
      ...(unique ? { id: `i${at}` } : {}),
    };
    const ports = [{ name: 'http', containerPort: 8000 + (at % 4) }];
    const spec = { containers: [{ name: 'c', image: 'i', ports }] };
    facts.push(fact('v1', 'Pod', { name: `p${at}`, namespace: `ns${at % namespaces}`, labels }, spec));
  }
  for (let at = 0; at < policies; at++) {
    const app = Math.floor(at / namespaces) % 30;
    const block = { ipBlock: { cidr: `10.${at % 200}.${at % 50}.0/24` } };
    const from = [
      { podSelector: { matchLabels: { app: `a${(app + 1) % 30}` } } },
      {
        namespaceSelector: { matchLabels: { team: `t${at % 10}` } },
        podSelector: { matchLabels: { tier: `t${at % 3}` } },
      },
      ...(at % 10 === 0 ? [block] : []),
    ];
    const ports = [{ port: at % 5 === 0 ? 'http' : 8000 + (at % 4) }];
    const spec = {
      podSelector: { matchLabels: { app: `a${app}` } },
      policyTypes: at % 2 === 0 ? ['Ingress'] : ['Ingress', 'Egress'],
      ingress: [{ from, ports }],
      ...(at % 2 === 0
        ? {}
        : {
            egress: [
              { to: [{ namespaceSelector: {} }], ports: [{ port: 8000 + (at % 4) }, { port: 53, protocol: 'UDP' }] },
            ],
          }),
    };
    facts.push(
      fact('networking.k8s.io/v1', 'NetworkPolicy', { name: `n${at}`, namespace: `ns${at % namespaces}` }, spec),
    );
  }
  return facts;
}

function fact(
  apiVersion: string,
  kind: string,
  metadata: { name: string; namespace?: string; labels?: object },
  spec: object,
): KubernetesFact {
  const at = { path: 'all.yaml', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const node = (value: unknown): YamlNode =>
    Array.isArray(value)
      ? { kind: 'list', at, items: value.map(node) }
      : typeof value === 'object' && value !== null
        ? {
            kind: 'map',
            at,
            entries: Object.entries(value).map(([key, item]) => ({ key, keyAt: at, value: node(item) })),
          }
        : { kind: 'scalar', at, value: value as string | number };
  return {
    path: 'all.yaml',
    at,
    apiVersion,
    kind,
    name: metadata.name,
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    root: node({ apiVersion, kind, metadata, spec }),
    ...(kind === 'Pod' ? { pod: { at, containers: [] } } : {}),
  };
}
