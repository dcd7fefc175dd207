import { readPod } from '../../../facts/kubernetes/read-pod.ts';
import type { KubernetesFact } from '../../../facts/kubernetes/types.ts';
import { optional } from '../../../facts/workflow/read-steps.ts';
import { child, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import type { Gap, SourceLocation } from '../../../model/index.ts';
import type { Evaluation } from '../evaluate.ts';
import { isBrought } from '../paths.ts';
import type { ResourceInstance } from '../resources.ts';
import { helmRelease } from './helm-release.ts';
import { kindOfType } from './kinds.ts';
import { isManifest, objectsOfManifest } from './manifest.ts';
import { objectOfResource } from './typed-resource.ts';
import type { HelmRelease, TerraformKubernetes } from './types.ts';

/**
 * The Kubernetes objects and Helm releases of an evaluated configuration, as if they stood in YAML. Data sources make
 * none. What is not known stays an unknown node; an object whose kind is not known is a gap.
 */
export function kubernetesFacts(evaluation: Pick<Evaluation, 'resources'>): TerraformKubernetes {
  const facts: KubernetesFact[] = [];
  const charts: HelmRelease[] = [];
  const unread: Gap[] = [];
  for (const instance of evaluation.resources) {
    if (instance.mode !== 'managed') continue;
    if (instance.type === 'helm_release') charts.push(helmRelease(instance));
    else if (isManifest(instance.type)) {
      const { roots, gaps } = objectsOfManifest(instance);
      facts.push(...roots.map((root) => factOf(instance, root)));
      unread.push(...gaps);
    } else readTyped(instance, facts, unread);
  }
  return { facts, charts, unread };
}

function readTyped(instance: ResourceInstance, facts: KubernetesFact[], unread: Gap[]): void {
  const { type, address, headAt } = instance;
  const kind = kindOfType(type);
  if (kind === undefined) return;
  const at = { ...headAt, route: address };
  if (kind === 'patch') {
    const message = `${address} changes a part of an object that stands elsewhere, and this version does not apply it there`;
    unread.push({ reason: 'engine-missing', message, at, identity: address });
    return;
  }
  facts.push(factOf(instance, objectOfResource(instance, kind)));
  if (kind.guessed === true) {
    const message = `${type} is not a type that this version knows: the group of its API is taken for the core group`;
    unread.push({ reason: 'engine-missing', message, at, identity: address });
  }
}

function factOf({ at, headAt, calledAt }: ResourceInstance, node: YamlNode): KubernetesFact {
  const root = calledAt === undefined ? node : atCall(node, calledAt);
  const metadata = child(root, 'metadata');
  const apiVersion = textOf(child(root, 'apiVersion')) ?? '';
  const kind = textOf(child(root, 'kind')) ?? '';
  return {
    path: (calledAt ?? at).path,
    at: { ...(calledAt ?? headAt), route: root.at.route ?? '' },
    apiVersion,
    kind,
    root,
    ...optional('name', textOf(child(metadata, 'name'))),
    ...optional('namespace', textOf(child(metadata, 'namespace'))),
    ...optional('pod', readPod(apiVersion, kind, root)),
  };
}

/** What only a module that was brought says stands, for this repository, at the call of the module. */
function atCall(node: YamlNode, call: SourceLocation): YamlNode {
  const place = (at: SourceLocation): SourceLocation =>
    isBrought(at.path) ? { ...call, ...optional('route', at.route) } : at;
  const at = place(node.at);
  if (node.kind === 'scalar') return { ...node, at };
  if (node.kind === 'list') return { ...node, at, items: node.items.map((item) => atCall(item, call)) };
  const entries = node.entries.map((one) => ({ ...one, keyAt: place(one.keyAt), value: atCall(one.value, call) }));
  return { ...node, at, entries };
}
