import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descend, entriesOf, itemsOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { evaluated } from '../../../../test/terraform/evaluated.ts';
import { shown } from '../../../../test/terraform/cluster.ts';
import { imagesOf, kubernetesFacts, settingOf } from './index.ts';

const SHOP = new URL('../../../../examples/shop/', import.meta.url).pathname;

function cluster(state: 'insecure' | 'secured') {
  const folder = 'infrastructure/cluster';
  const root = join(SHOP, state, folder);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const texts = files.map((file) => {
    const path = join(file.parentPath, file.name);
    return [posix.join(folder, path.slice(root.length + 1).replaceAll('\\', '/')), readFileSync(path, 'utf8')] as const;
  });
  return { ...kubernetesFacts(evaluated(Object.fromEntries(texts), {}, folder)), texts: new Map(texts) };
}

function everyNode(node: YamlNode): YamlNode[] {
  return [
    node,
    ...itemsOf(node)
      .filter((item) => item !== node)
      .flatMap(everyNode),
    ...entriesOf(node).flatMap(({ value }) => everyNode(value)),
  ];
}

describe('the secured shop', () => {
  const { facts, charts, unread, texts } = cluster('secured');

  it('has every object, and no gap', () => {
    expect(unread).toEqual([]);
    expect(facts.map(({ kind, namespace, name }) => `${kind} ${namespace ?? ''}/${name ?? ''}`).sort()).toEqual([
      'NetworkPolicy default/default-deny',
      'NetworkPolicy kyverno/webhook-only',
      'Role notifier/developer',
      'Role orders/developer',
      'RoleBinding notifier/developer',
      'RoleBinding orders/developer',
      'SecurityGroupPolicy notifier/database-client',
      'SecurityGroupPolicy orders/database-client',
    ]);
    for (const { path, root } of facts) {
      for (const { at } of everyNode(root)) {
        expect([path, 'infrastructure/cluster/templates/security-group-policy.yaml.tftpl']).toContain(at.path);
        expect(at.route).toMatch(/^kube\w+\.\w+/);
      }
    }
  });

  it('keeps the security groups of a template as unknown parts', () => {
    const policy = facts.find(({ kind }) => kind === 'SecurityGroupPolicy');
    const ids = itemsOf(descend(policy?.root, 'spec', 'securityGroups', 'groupIds'));
    expect(ids.map((id) => (id.kind === 'scalar' ? id.unknown : undefined))).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
    expect(shown(descend(policy?.root, 'spec', 'podSelector'))).toEqual({});
  });

  it('binds roles to the group by their names', () => {
    const binding = facts.find(({ kind, namespace }) => kind === 'RoleBinding' && namespace === 'orders');
    expect(shown(binding?.root)).toMatchObject({
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'developer' },
      subjects: [{ kind: 'Group', name: 'shop:developers' }],
    });
  });

  it('pins every image of its charts by digest, at its place', () => {
    const all = charts.map((chart) => imagesOf(chart));
    expect(all.map(({ complete, missing }) => [complete, missing])).toEqual(charts.map(() => [true, []]));
    const images = all.flatMap(({ images: found }) => found);
    expect(images).toHaveLength(8);
    for (const { reference, at, doubt } of images) {
      expect(doubt).toBeUndefined();
      expect(reference).toMatch(
        /^333333333333\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/mirror\/[\w/-]+:[\w.]+@sha256:[0-9a-f]{64}$/,
      );
      const line = texts
        .get(at.path)
        ?.split('\n')
        [at.startLine - 1]?.slice(at.startColumn - 1, at.endColumn - 1);
      expect(line).toBe(JSON.stringify(reference?.slice(reference.indexOf(':') + 1)));
      expect(at.route).toMatch(/^helm_release\.\w+ values\.[\w.]+\.tag$/);
    }
  });

  it('has settings that other engines ask for', () => {
    const kyverno = charts.find(({ chart }) => chart.text === 'kyverno');
    if (kyverno === undefined) throw new Error('no kyverno');
    expect(settingOf(kyverno, 'replicas')).toMatchObject({ kind: 'given', node: { value: 3 } });
    expect(settingOf(kyverno, 'fail-open')).toMatchObject({ kind: 'default', value: false });
    expect(settingOf(kyverno, 'excludes-own-namespace')).toMatchObject({ kind: 'given', node: { value: false } });
  });
});

describe('the insecure shop', () => {
  const { facts, charts, unread } = cluster('insecure');

  it('binds developers to edit, and holds a password as text', () => {
    expect(unread).toEqual([]);
    expect(facts.map(({ kind, name }) => [kind, name])).toEqual([
      ['ClusterRoleBinding', 'developers-edit'],
      ['Secret', 'gateway'],
    ]);
    expect(shown(facts[0]?.root)).toMatchObject({ roleRef: { kind: 'ClusterRole', name: 'edit' } });
    const password = descend(facts[1]?.root, 'stringData', 'password');
    expect(password).toMatchObject({
      value: expect.any(String),
      at: {
        path: 'infrastructure/cluster/secrets.tf',
        startLine: 12,
        route: 'kubernetes_secret.gateway stringData.password',
      },
    });
  });

  it('leaves the images of Kyverno to whatever version is newest, and lets requests pass', () => {
    const [kyverno] = charts;
    if (kyverno === undefined) throw new Error('no kyverno');
    const { images, complete } = imagesOf(kyverno);
    expect(complete).toBe(true);
    expect(images.every(({ reference, unknown }) => reference === undefined && unknown !== undefined)).toBe(true);
    expect(images.map(({ name }) => name)).toContain('reg.kyverno.io/kyverno/kyverno');
    expect(settingOf(kyverno, 'fail-open')).toMatchObject({ kind: 'given', node: { value: true } });
    expect(settingOf(kyverno, 'replicas')).toMatchObject({ kind: 'given', node: { value: 1 } });
  });
});
