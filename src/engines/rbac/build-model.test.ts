import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bind, core, modelOf, role, terraformModel } from '../../../test/rbac/model.ts';
import { authorize } from './authorize.ts';
import { bootstrapBindings, bootstrapRoles } from './bootstrap/index.ts';
import { subjectOf } from './subjects.ts';
import type { RbacModel } from './types.ts';

const ANN = '{kind: User, name: ann}';

function can(model: RbacModel, user: string, verb: string, resource: string, namespace?: string): string {
  const request = { verb, group: '', resource, ...(namespace === undefined ? {} : { namespace }) };
  return authorize(model, subjectOf(user), request).kind;
}
function aggregated(name: string, selectors: string, labels = '{}', rules = ''): string {
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${name}, labels: ${labels}}
aggregationRule: {clusterRoleSelectors: [${selectors}]}
rules: [${rules}]
`;
}
function labelled(name: string, labels: string, rules: string): string {
  return role(name, rules).replace(`{name: ${name}}`, `{name: ${name}, labels: ${labels}}`);
}

describe('aggregation', () => {
  it('unites what is selected, over any number of levels', () => {
    const model = modelOf(
      aggregated('top', '{matchLabels: {into: top}}') +
        aggregated('middle', '{matchExpressions: [{key: into, operator: In, values: [middle]}]}', '{into: top}') +
        labelled('leaf', '{into: middle}', core('get', 'pods')) +
        bind('b', 'top', ANN),
    );
    expect([can(model, 'ann', 'get', 'pods'), can(model, 'ann', 'get', 'nodes')]).toEqual(['allowed', 'denied']);
  });

  it('adds roles of the product to those of Kubernetes', () => {
    const model = modelOf(
      labelled('crd', '{rbac.authorization.k8s.io/aggregate-to-view: "true"}', core('get', 'things')) +
        bind('b', 'admin', ANN, 'shop'),
    );
    expect([can(model, 'ann', 'get', 'things', 'shop'), can(model, 'ann', 'get', 'secrets', 'shop')]).toEqual([
      'allowed',
      'allowed',
    ]);
    const viewer = modelOf(bind('b', 'view', ANN, 'shop'));
    expect([can(viewer, 'ann', 'get', 'pods', 'shop'), can(viewer, 'ann', 'get', 'secrets', 'shop')]).toEqual([
      'allowed',
      'denied',
    ]);
  });

  it('overwrites what stands in an aggregated role, and names one that selects itself', () => {
    const model = modelOf(
      aggregated('self', '{matchLabels: {a: b}}', '{a: b}', core('get', 'pods')) + bind('b', 'self', ANN),
    );
    expect(can(model, 'ann', 'get', 'pods')).toBe('denied');
    expect(model.gaps).toMatchObject([{ message: expect.stringContaining('aggregates itself') as string }]);
  });

  it('ends in a circle', () => {
    const model = modelOf(
      aggregated('a', '{matchLabels: {x: a}}', '{x: b}') +
        aggregated('b', '{matchLabels: {x: b}}', '{x: a}') +
        bind('b', 'a', ANN),
    );
    expect(can(model, 'ann', 'get', 'pods')).toBe('denied');
  });
});

describe('what Kubernetes brings', () => {
  it('is counted', () => {
    expect([bootstrapRoles().length, bootstrapBindings().length]).toEqual([76, 57]);
  });

  it('is there without a word in the manifests, and not in a dump, which has it', () => {
    expect(can(modelOf(''), 'system:kube-controller-manager', 'get', 'secrets')).toBe('allowed');
    expect(can(modelOf('', { complete: true }), 'system:kube-controller-manager', 'get', 'secrets')).toBe('denied');
  });
});

describe('EKS', () => {
  const cluster = (mode: string): string => `
    resource "aws_eks_cluster" "c" {
      name = "c"
      access_config { authentication_mode = "${mode}" }
    }
    resource "kubernetes_config_map" "a" {
      metadata {
        name      = "aws-auth"
        namespace = "kube-system"
      }
      data = {
        mapRoles = yamlencode([
          { rolearn = "arn:aws:iam::1:role/ops", username = "ops:{{SessionName}}", groups = ["system:masters"] },
          { rolearn = "arn:aws:iam::1:role/team/dev", username = "dev", groups = ["dev"] },
        ])
        mapUsers    = yamlencode([{ userarn = "arn:aws:iam::1:user/eve", username = "eve", groups = ["dev"] }])
        mapAccounts = yamlencode(["2"])
      }
    }
    resource "aws_eks_access_entry" "e" {
      cluster_name      = "c"
      principal_arn     = "arn:aws:iam::1:role/x/viewer"
      kubernetes_groups = ["viewers"]
    }`;

  it('maps IAM by aws-auth, without roles whose path is written', () => {
    const model = terraformModel(cluster('CONFIG_MAP'));
    expect(model.iamIdentities.filter(({ by }) => by !== 'cluster-creator')).toMatchObject([
      {
        principal: 'arn:aws:iam::1:role/ops',
        user: 'ops:{{SessionName}}',
        groups: ['system:masters', 'system:authenticated'],
      },
      { principal: 'arn:aws:iam::1:user/eve', user: 'eve' },
      { principal: 'arn:aws:iam::2:*', groups: ['system:authenticated'] },
    ]);
    expect(model.gaps.map(({ message }) => message)).toEqual([expect.stringContaining('with its path') as string]);
    expect(model.awsAuth).toBeDefined();
  });

  it('asks one or the other by the mode of the cluster', () => {
    const api = terraformModel(cluster('API'));
    expect(api.iamIdentities.map(({ by }) => by)).toEqual(['cluster-creator', 'access-entry']);
    expect(api.iamIdentities[1]).toMatchObject({
      user: 'arn:aws:sts::1:assumed-role/viewer/{{SessionName}}',
      groups: ['viewers', 'system:authenticated'],
    });
    expect(api.awsAuth).toBeUndefined();
    expect(terraformModel(cluster('API_AND_CONFIG_MAP')).iamIdentities).toHaveLength(5);
  });

  it('names an access policy that it does not know', () => {
    const model = terraformModel(`
      resource "aws_eks_access_policy_association" "a" {
        cluster_name  = "c"
        principal_arn = "arn:aws:iam::1:role/dev"
        policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonNewPolicy"
        access_scope { type = "cluster" }
      }`);
    expect(model.gaps.some(({ message }) => message.includes('AmazonNewPolicy'))).toBe(true);
    const [identity] = model.iamIdentities;
    if (identity === undefined) throw new Error('no identity');
    expect(authorize(model, identity, { verb: 'get', group: '', resource: 'pods' }).kind).toBe('undecided');
  });
});

describe('objects without a namespace', () => {
  it('are where the bindings of their folder look for them', () => {
    const model = modelOf(
      '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: server}\n' +
        role('r', core('get', 'pods')) +
        bind('b', 'r', '{kind: ServiceAccount, name: server, namespace: tools}'),
    );
    expect(model.serviceAccounts.find(({ name }) => name === 'server')).toMatchObject({ namespace: 'tools', at: {} });
  });
});

describe('bad input', () => {
  it('names versions that are not read', () => {
    const model = modelOf(role('r', core('get', 'pods')).replace('/v1', '/v7'));
    expect(model.gaps).toMatchObject([{ reason: 'engine-missing', message: expect.stringContaining('v7') as string }]);
  });

  it('reads a bounded number of rules, and says so', () => {
    const many = Array.from({ length: 21_000 }, () => '{verbs: [get], apiGroups: [x], resources: [y]}').join(',\n  ');
    const model = modelOf(role('r', many) + bind('b', 'r', ANN));
    expect(model.gaps).toMatchObject([{ reason: 'out-of-budget' }]);
    expect(can(model, 'ann', 'get', 'pods')).toBe('undecided');
  });

  it('aggregates a thousand roles that all select each other', () => {
    const text = Array.from({ length: 1000 }, (_, index) => aggregated(`r${index}`, '{}')).join('');
    const model = modelOf(text + bind('b', 'r1', ANN));
    expect(can(model, 'ann', 'get', 'pods')).toBe('allowed');
  });

  it('never throws, whatever stands in the fields', () => {
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('*', '', 'system:masters', '__proto__'));
    fc.assert(
      fc.property(
        fc.constantFrom('Role', 'ClusterRole', 'RoleBinding', 'ConfigMap', 'ServiceAccount', 'Deployment'),
        anything,
        anything,
        (kind, one, other) => {
          const apiVersion =
            kind === 'Deployment' ? 'apps/v1' : kind.includes('Role') ? 'rbac.authorization.k8s.io/v1' : 'v1';
          const object = {
            apiVersion,
            kind,
            metadata: { name: 'aws-auth', labels: one, annotations: other },
            rules: one,
            roleRef: other,
            subjects: one,
            aggregationRule: { clusterRoleSelectors: other },
            data: { mapRoles: one, mapUsers: JSON.stringify(other) },
            spec: { template: { spec: { volumes: one, containers: other } } },
          };
          expect(modelOf(JSON.stringify(object)).roles.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the example', () => {
  it('lets developers write everywhere while it is insecure', () => {
    const text = readFileSync(new URL('../../../examples/shop/insecure/deploy/rbac.yaml', import.meta.url), 'utf8');
    const model = modelOf(text);
    const developer = subjectOf('dev', ['shop:developers']);
    const request = { verb: 'create', group: '', resource: 'pods', subresource: 'exec', namespace: 'orders' };
    expect(authorize(model, developer, request).kind).toBe('allowed');
  });
});
