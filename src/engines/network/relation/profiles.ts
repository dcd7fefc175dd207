import type { Labels, PodEndpoint } from '../types.ts';

/** Pods that no policy can tell apart: equal labels, namespaces, accounts and ports. */
export interface Profile {
  /** Any one of them. */
  readonly pod: PodEndpoint;
  readonly pods: readonly PodEndpoint[];
}

/** Groups pods by everything that a policy can ask for, compared as it is, and by whatever `also` gives. */
export function profilesOf(pods: readonly PodEndpoint[], also: (pod: PodEndpoint) => string = () => ''): Profile[] {
  const texts = new Map<Labels, string>();
  const textOf = (labels: Labels): string => {
    const known = texts.get(labels);
    if (known !== undefined) return known;
    const text = JSON.stringify([
      [...labels.known].map(([key, value]) => [key, typeof value === 'string' ? value : 0]).sort(byKey),
      labels.open === undefined,
    ]);
    texts.set(labels, text);
    return text;
  };
  const groups = new Map<string, PodEndpoint[]>();
  for (const pod of pods) {
    const host = typeof pod.hostNetwork === 'boolean' ? pod.hostNetwork : 'unknown';
    const ports = pod.ports.map(({ name, protocol, port }) => [name, protocol, port]);
    const key = JSON.stringify([
      also(pod),
      textOf(pod.labels),
      textOf(pod.namespaceLabels),
      textOf(pod.accountLabels),
      host,
      ports,
      pod.portsOpen === undefined,
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [pod]);
    else group.push(pod);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [{ pod: group[0], pods: group }]));
}

function byKey(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}
