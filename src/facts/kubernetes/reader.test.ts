import { describe, expect, it } from 'vitest';
import { kubernetesReader } from './reader.ts';

const tools = { paths: new Set<string>() };

async function read(text: string, path = 'deploy/a.yaml') {
  return kubernetesReader.read({ path, text }, tools);
}

const POD = 'containers: [{name: a, image: "x:1"}]';

describe('kubernetesReader', () => {
  it.each([
    ['Pod', `spec: {${POD}}`],
    ['Deployment', `spec: {template: {spec: {${POD}}}}`],
    ['StatefulSet', `spec: {template: {spec: {${POD}}}}`],
    ['DaemonSet', `spec: {template: {spec: {${POD}}}}`],
    ['ReplicaSet', `spec: {template: {spec: {${POD}}}}`],
    ['ReplicationController', `spec: {template: {spec: {${POD}}}}`],
    ['Job', `spec: {template: {spec: {${POD}}}}`],
    ['CronJob', `spec: {jobTemplate: {spec: {template: {spec: {${POD}}}}}}`],
    ['PodTemplate', `template: {spec: {${POD}}}`],
  ])('finds the pod of a %s', async (kind, body) => {
    const { facts } = await read(`apiVersion: v1\nkind: ${kind}\nmetadata: {name: n, namespace: s}\n${body}\n`);
    expect(facts[0]).toMatchObject({
      kind,
      name: 'n',
      namespace: 's',
      pod: { containers: [{ list: 'containers', image: { text: 'x:1' } }] },
    });
  });

  it('opens lists and streams, and reads every container list', async () => {
    const { facts } = await read(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, spec: {initContainers: [{image: i}], containers: [{image: c}], ephemeralContainers: [{image: e}]}}\n---\napiVersion: v1\nkind: Namespace\n',
    );
    expect(facts.map((fact) => fact.kind)).toEqual(['Pod', 'Namespace']);
    expect(facts[0]?.pod?.containers.map((container) => [container.list, container.image?.text])).toEqual([
      ['initContainers', 'i'],
      ['containers', 'c'],
      ['ephemeralContainers', 'e'],
    ]);
  });

  it('passes over definitions of custom resources, and reads what stands beside them', async () => {
    const definition = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {broken: [\n';
    const { facts, unread } = await read(`${definition}---\napiVersion: v1\nkind: Pod\nspec: {${POD}}\n`);
    expect(facts.map((fact) => fact.kind)).toEqual(['Pod']);
    expect(unread).toEqual([]);
  });

  it('reads JSON manifests', async () => {
    const { facts } = await read('{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"x"}]}}', 'a.json');
    expect(facts[0]?.pod?.containers[0]?.image?.at.route).toBe('spec.containers[0].image');
  });

  it('leaves the templates of a chart to the chart', () => {
    const paths = new Set(['charts/app/Chart.yaml', 'charts/app/templates/deployment.yaml']);
    expect(kubernetesReader.selects('charts/app/templates/deployment.yaml', paths)).toBe(false);
    expect(kubernetesReader.selects('charts/app/extra.yaml', paths)).toBe(true);
  });

  it('calls a template that is no YAML a template', async () => {
    const { unread } = await read('apiVersion: v1\nkind: Pod\n{{ if .Values.x }}\nspec: {}\n{{ end }}\n');
    expect(unread[0]).toMatchObject({ reason: 'unrendered-template' });
  });
});
