import { child, itemsOf, textOf, whyUnknown, type YamlNode } from '../../lib/yaml/index.ts';
import { located, optional } from '../workflow/read-steps.ts';
import type { ContainerFact, PodFact } from './types.ts';

/** Where each kind keeps the pod's spec. Kinds of other projects that carry a pod template follow the same shape. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Rollout: ['spec', 'template', 'spec'],
  CloneSet: ['spec', 'template', 'spec'],
};

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

/** The pod that an object runs; undefined for kinds that run none. */
export function readPod(apiVersion: string, kind: string, root: YamlNode): PodFact | undefined {
  const isKnative = kind === 'Service' && apiVersion.startsWith('serving.knative.dev/');
  const route = isKnative ? ['spec', 'template', 'spec'] : Object.hasOwn(POD_SPECS, kind) ? POD_SPECS[kind] : undefined;
  if (route === undefined) return undefined;
  const spec = specAt(root, route);
  if (spec !== undefined && whyUnknown(spec) !== undefined)
    return { at: spec.at, containers: [readContainer('containers', spec)] };
  if (spec?.kind !== 'map') return undefined;
  const security = part(spec, 'securityContext');
  return {
    at: spec.at,
    containers: LISTS.flatMap((list) => itemsOf(child(spec, list)).map((container) => readContainer(list, container))),
    ...optional('runAsUser', located(part(security, 'runAsUser'))),
    ...optional('runAsNonRoot', located(part(security, 'runAsNonRoot'))),
  };
}

/** The pod's spec, or the unknown part on the way to it: the pod is there, and nothing of it is known. */
function specAt(root: YamlNode, route: readonly string[]): YamlNode | undefined {
  let node: YamlNode | undefined = root;
  for (const step of route) {
    if (whyUnknown(node) !== undefined) return node;
    node = child(node, step);
  }
  return node;
}

function readContainer(list: ContainerFact['list'], node: YamlNode): ContainerFact {
  const security = part(node, 'securityContext');
  return {
    list,
    at: node.at,
    name: textOf(child(node, 'name')) ?? '',
    ...optional('image', located(part(node, 'image'))),
    ...optional('imagePullPolicy', located(part(node, 'imagePullPolicy'))),
    ...optional('runAsUser', located(part(security, 'runAsUser'))),
    ...optional('runAsNonRoot', located(part(security, 'runAsNonRoot'))),
  };
}

/** The value under a key; of a node that is not known, the node itself: so is every part of it. */
function part(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return whyUnknown(node) === undefined ? child(node, key) : node;
}
