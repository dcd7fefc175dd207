import { describe, expect, it } from 'vitest';
import { bind, core, modelOf, role, terraformModel } from '../../../../test/rbac/model.ts';
import type { RbacModel } from '../types.ts';
import { capabilityClosure, type Forbids } from './closure.ts';
import { describeNode, type Node } from './nodes.ts';

const APP = '{kind: ServiceAccount, name: app, namespace: shop}';
const app: Node = { kind: 'account', namespace: 'shop', name: 'app' };
const admin: Node = { kind: 'cluster-admin' };
const RBAC = 'apiGroups: [rbac.authorization.k8s.io]';

const SHOP = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  template:
    spec:
      serviceAccountName: orders
      containers: [{name: a, envFrom: [{secretRef: {name: database}}]}]
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: orders
  namespace: shop
  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/orders"}
---
apiVersion: v1
kind: Secret
metadata: {name: database, namespace: shop}
---
apiVersion: v1
kind: Secret
metadata: {name: other, namespace: shop}
`;

function everywhere(rules: string): RbacModel {
  return modelOf(SHOP + role('r', rules) + bind('b', 'r', APP));
}
function inShop(rules: string): RbacModel {
  return modelOf(SHOP + role('r', rules) + bind('b', 'r', APP, 'shop'));
}
function way(model: RbacModel, to: Node, forbids?: Forbids): readonly string[] | undefined {
  const closure = capabilityClosure(model, forbids === undefined ? {} : { forbids });
  return closure.path(app, to)?.map(({ how, to: next }) => `${how} → ${describeNode(next)}`);
}
const orders: Node = { kind: 'account', namespace: 'shop', name: 'orders' };
const secret = (name: string): Node => ({ kind: 'secret', namespace: 'shop', name });
const iam: Node = { kind: 'iam-role', role: 'arn:aws:iam::1:role/orders' };

describe('what a right leads to', () => {
  it('creating pods gives every account, role and secret of the namespace', () => {
    const model = inShop(core('create', 'pods'));
    expect(way(model, iam)).toEqual([
      'create a pod → any pod in shop',
      'run a pod as it → ServiceAccount shop/orders',
      'exchange its token for the role → IAM role arn:aws:iam::1:role/orders',
    ]);
    expect(way(model, secret('other'))).toHaveLength(3);
    expect(way(model, { kind: 'node' })).toHaveLength(2);
  });

  it('names the rule and the binding that give a step', () => {
    const [step] = capabilityClosure(inShop(core('create', 'pods'))).path(app, orders) ?? [];
    expect(step?.by).toMatchObject([
      { binding: { name: 'b', at: { path: 'rbac.yaml' } }, rule: { at: { path: 'rbac.yaml' } } },
    ]);
  });

  it('exec gives what the pods that run hold, and no more', () => {
    const model = inShop(core('create', 'pods/exec'));
    expect(way(model, orders)).toHaveLength(3);
    expect(way(model, secret('database'))).toHaveLength(3);
    expect(way(model, secret('other'))).toBeUndefined();
  });

  it('forwarding a port makes nobody somebody else', () => {
    const model = inShop(core('create', 'pods/portforward'));
    expect(way(model, orders)).toBeUndefined();
    expect(way(model, { kind: 'ports', namespace: 'shop' })).toHaveLength(1);
  });

  it('a named secret is read by its name alone', () => {
    const model = inShop(core('get', 'secrets', 'database'));
    expect([way(model, secret('database'))?.length, way(model, secret('other'))]).toEqual([1, undefined]);
  });

  it('tokens are minted, made of secrets, or impersonated', () => {
    expect(way(inShop(core('create', 'serviceaccounts/token', 'orders')), orders)).toHaveLength(1);
    expect(way(inShop(core('create, get', 'secrets')), orders)).toHaveLength(2);
    expect(way(inShop(core('create', 'secrets')), orders)).toBeUndefined();
    expect(way(inShop(core('impersonate', 'serviceaccounts')), orders)).toHaveLength(2);
  });

  it('impersonating groups takes a user, too', () => {
    const groups = core('impersonate', 'groups');
    expect(way(everywhere(groups), admin)).toBeUndefined();
    expect(way(everywhere(`${groups}, ${core('impersonate', 'users')}`), admin)).toEqual([
      'impersonate a member of system:masters → everything in the cluster',
    ]);
  });

  it('binding takes both bind and the right to write bindings', () => {
    const bindAny = `{${RBAC}, resources: [clusterroles], verbs: [bind]}`;
    const write = `{${RBAC}, resources: [clusterrolebindings], verbs: [create]}`;
    expect(way(everywhere(bindAny), admin)).toBeUndefined();
    expect(way(everywhere(write), admin)).toBeUndefined();
    expect(way(everywhere(`${bindAny}, ${write}`), admin)).toEqual([
      'bind itself to cluster-admin → everything in the cluster',
    ]);
    const writeHere = `{${RBAC}, resources: [rolebindings], verbs: [create]}`;
    expect(way(inShop(`${bindAny}, ${writeHere}`), { kind: 'namespace', namespace: 'shop' })).toHaveLength(1);
  });

  it('binding one role gives what that role gives', () => {
    const rules = `{${RBAC}, resources: [clusterroles], resourceNames: [edit], verbs: [bind]}, {${RBAC}, resources: [rolebindings], verbs: [create]}`;
    expect(way(inShop(rules), orders)?.[0]).toBe('bind itself to edit → ClusterRole edit in shop');
    expect(way(inShop(rules), admin)).toBeUndefined();
  });

  it('escalating takes a role that one holds and may change', () => {
    const verbs = (own: string): string =>
      `{${RBAC}, resources: [clusterroles], resourceNames: [${own}], verbs: [escalate, update]}`;
    expect(way(everywhere(verbs('r')), admin)).toHaveLength(1);
    expect(way(everywhere(verbs('other')), admin)).toBeUndefined();
    expect(way(inShop(verbs('r')), admin)).toBeUndefined();
  });

  it('certificates of any user are approved by who may make, approve and sign them', () => {
    const request = '{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests], verbs: [create]}';
    const approve =
      '{apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]}';
    const sign =
      '{apiGroups: [certificates.k8s.io], resources: [signers], resourceNames: [kubernetes.io/kube-apiserver-client], verbs: [approve]}';
    expect(way(everywhere(`${request}, ${approve}`), { kind: 'certificates' })).toBeUndefined();
    expect(way(everywhere(`${request}, ${approve}, ${sign}`), admin)?.[0]).toMatch(/^approve its own certificate/);
  });

  it('a pod in kube-system becomes a controller that escalates', () => {
    const model = modelOf(role('r', core('create', 'pods')) + bind('b', 'r', APP, 'kube-system'));
    expect(way(model, admin)).toEqual([
      'create a pod → any pod in kube-system',
      'run a pod as it → ServiceAccount kube-system/clusterrole-aggregation-controller',
      'add rules to its own role system:controller:clusterrole-aggregation-controller → everything in the cluster',
    ]);
  });

  it('aws-auth is a way up only where EKS asks it', () => {
    const rules = core('update', 'configmaps');
    expect(way(everywhere(rules), admin)).toBeUndefined();
    const map = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {}\n';
    expect(way(modelOf(map + role('r', rules) + bind('b', 'r', APP)), admin)).toHaveLength(1);
  });

  it.each([
    ['nodes/proxy', core('get', 'nodes/proxy'), { kind: 'processes' }],
    ['ephemeral containers', core('patch', 'pods/ephemeralcontainers'), { kind: 'processes' }],
    ['images of pods', core('patch', 'pods'), { kind: 'processes' }],
    [
      'mutating webhooks',
      '{apiGroups: [admissionregistration.k8s.io], resources: [mutatingwebhookconfigurations], verbs: [create]}',
      { kind: 'pods' },
    ],
    ['labels of namespaces', core('patch', 'namespaces'), { kind: 'admission' }],
    ['status of nodes', core('patch', 'nodes/status'), { kind: 'scheduling' }],
    ['volumes of the host', core('create', 'pods, persistentvolumes, persistentvolumeclaims'), { kind: 'node' }],
  ] as const)('%s', (_name, rules, to) => {
    expect(way(everywhere(rules), to)).toBeDefined();
    expect(way(inShop(core('get', 'pods')), to)).toBeUndefined();
  });
});

describe('what forbids a step', () => {
  const forbids: Forbids = ({ from, to }) =>
    from.kind === 'pods' && to.kind === 'node' ? { by: 'restricted' } : undefined;

  it('takes it away', () => {
    expect(way(inShop(core('create', 'pods')), { kind: 'node' }, forbids)).toBeUndefined();
    expect(way(inShop(core('create', 'pods')), orders, forbids)).toHaveLength(2);
  });

  it('does not hold for who can change it', () => {
    const relabel = core('patch', 'namespaces');
    expect(way(inShop(`${core('create', 'pods')}, ${relabel}`), { kind: 'node' }, forbids)).toHaveLength(2);
    const elsewhere =
      role('r', core('create', 'pods')) +
      bind('b', 'r', APP, 'shop') +
      role('l', relabel) +
      bind('l', 'l', APP, 'other');
    expect(way(modelOf(SHOP + elsewhere), { kind: 'node' }, forbids)).toBeUndefined();
  });
});

describe('workloads', () => {
  it('have the token, unless it is not mounted, and then still the role', () => {
    const closure = capabilityClosure(modelOf(SHOP));
    const [workload] = closure.workloads;
    if (workload === undefined) throw new Error('no workload');
    expect(closure.path(workload, orders)).toHaveLength(1);
    const without = capabilityClosure(
      modelOf(SHOP.replace('serviceAccountName:', 'automountServiceAccountToken: false\n      serviceAccountName:')),
    );
    expect([without.path(workload, orders), without.path(workload, iam)?.length]).toEqual([undefined, 1]);
  });
});

describe('IAM', () => {
  it('follows an access entry into the cluster, and a pod identity out of it', () => {
    const model = terraformModel(`
      resource "aws_eks_cluster" "c" {
        name = "c"
        access_config {
          authentication_mode                         = "API"
          bootstrap_cluster_creator_admin_permissions = false
        }
      }
      resource "aws_eks_access_policy_association" "a" {
        cluster_name  = "c"
        principal_arn = "arn:aws:iam::1:role/dev"
        policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
        access_scope {
          type       = "namespace"
          namespaces = ["sh*"]
        }
      }
      resource "aws_eks_access_entry" "a" {
        cluster_name  = "c"
        principal_arn = "arn:aws:iam::1:role/dev"
      }
      resource "aws_eks_pod_identity_association" "p" {
        cluster_name    = "c"
        namespace       = "shop"
        service_account = "orders"
        role_arn        = "arn:aws:iam::1:role/orders"
      }`);
    const closure = capabilityClosure(model);
    const dev = closure.identities.find((node) => node.kind === 'iam');
    if (dev === undefined) throw new Error('no identity');
    expect(closure.path(dev, iam)?.map(({ how }) => how)).toEqual([
      'create a token secret and read it',
      'one of them',
      'ask the pod identity agent',
    ]);
    expect(closure.path(dev, { kind: 'pods', namespace: 'default' })).toBeUndefined();
  });
});
