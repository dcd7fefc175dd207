import { child, descend, itemsOf, textOf, type YamlNode } from '../../lib/yaml/index.ts';
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
  const spec = descend(root, ...route);
  if (spec?.kind !== 'map') return undefined;
  const security = child(spec, 'securityContext');
  return {
    at: spec.at,
    containers: LISTS.flatMap((list) => itemsOf(child(spec, list)).map((container) => readContainer(list, container))),
    ...optional('runAsUser', located(child(security, 'runAsUser'))),
    ...optional('runAsNonRoot', located(child(security, 'runAsNonRoot'))),
  };
}

function readContainer(list: ContainerFact['list'], node: YamlNode): ContainerFact {
  const security = child(node, 'securityContext');
  return {
    list,
    at: node.at,
    name: textOf(child(node, 'name')) ?? '',
    ...optional('image', located(child(node, 'image'))),
    ...optional('imagePullPolicy', located(child(node, 'imagePullPolicy'))),
    ...optional('runAsUser', located(child(security, 'runAsUser'))),
    ...optional('runAsNonRoot', located(child(security, 'runAsNonRoot'))),
  };
}
