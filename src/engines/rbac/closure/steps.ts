import type { Grant, RbacModel, Workload } from '../types.ts';
import { bindingSteps, boundTo, escalations, some } from './binding-steps.ts';
import type { ScopeRights } from './holdings.ts';
import type { Node } from './nodes.ts';
import type { RightName } from './rights.ts';
import { workloadNode } from './structure.ts';

/** A step that rights give: where it leads, how, and the grants that it takes. */
export interface Step {
  readonly to: Node;
  /** What is done, in a few words. */
  readonly how: string;
  readonly by: readonly Grant[];
}

const SIGNERS = 'kubernetes.io/';
const SYSTEM = 'kube-system';

const INTO_PODS = [
  ['changePods', 'change the image of a pod'],
  ['execPods', 'exec into a pod'],
  ['debugPods', 'add an ephemeral container'],
] as const;

/** Every step that one subject's rights give, over all scopes. */
export function stepsOf(scopes: readonly ScopeRights[], model: RbacModel): Step[] {
  const cluster = scopes.find(({ namespace }) => namespace === undefined);
  const steps: Step[] = [];
  for (const scope of scopes) steps.push(...stepsInScope(scope, cluster, model));
  if (cluster !== undefined) steps.push(...stepsOnCluster(cluster, scopes, model));
  return steps;
}

/** Steps that a right gives in a namespace, or in all of them. */
function stepsInScope(scope: ScopeRights, cluster: ScopeRights | undefined, model: RbacModel): Step[] {
  const { namespace, rights, everything } = scope;
  const where = namespace === undefined ? {} : { namespace };
  const steps: Step[] = [];
  const all = (right: RightName): Grant | undefined => rights.get(right)?.all;
  const step = (to: Node, how: string, ...by: readonly (Grant | undefined)[]): void => {
    const grants = by.filter((one) => one !== undefined);
    if (grants.length === by.length) steps.push({ to, how, by: grants });
  };
  if (everything !== undefined) {
    const to: Node = namespace === undefined ? { kind: 'cluster-admin' } : { kind: 'namespace', namespace };
    return [{ to, how: 'may do everything', by: [everything] }];
  }

  step({ kind: 'secrets', ...where }, 'read secrets', all('readSecrets'));
  step({ kind: 'pods', ...where }, 'create a pod', all('createPods'));
  step({ kind: 'pods', ...where }, 'create a workload', all('createControllers'));
  for (const { namespace: home, grant } of changeable(scope, model)) {
    step({ kind: 'pods', namespace: home }, 'change the template of a workload', grant);
  }
  for (const [right, how] of INTO_PODS) {
    step({ kind: 'processes', ...where }, how, all(right));
    for (const [name, grant] of rights.get(right)?.named ?? []) {
      for (const workload of podsNamed(model, namespace, name)) {
        step(workloadNode(workload), `${how} named ${name}`, grant);
      }
    }
  }
  step({ kind: 'ports', ...where }, 'forward ports', any(rights, 'forwardPorts'));
  const named = rights.get('readSecrets')?.named ?? new Map<string, Grant>();
  for (const home of namespace === undefined ? model.namespaces : [namespace]) {
    for (const [name, grant] of named) {
      if (namespace !== undefined || known(model, home, name))
        step({ kind: 'secret', namespace: home, name }, 'read the secret', grant);
    }
  }
  // A secret of this type is filled with a token by the controller of tokens.
  step({ kind: 'accounts', ...where }, 'create a token secret and read it', all('createSecrets'), all('readSecrets'));
  step({ kind: 'accounts', ...where }, 'mint tokens', all('mintTokens'));
  step({ kind: 'accounts', ...where }, 'impersonate', all('impersonateAccounts'));
  for (const right of ['mintTokens', 'impersonateAccounts'] as const) {
    for (const [name, grant] of rights.get(right)?.named ?? []) {
      const how = right === 'mintTokens' ? 'mint its token' : 'impersonate';
      for (const account of model.serviceAccounts) {
        if (account.name === name && (namespace ?? account.namespace) === account.namespace) {
          step({ kind: 'account', namespace: account.namespace, name }, how, grant);
        }
      }
    }
  }
  step({ kind: 'admission', ...where }, 'change the labels of namespaces', all('changeNamespaces'));
  for (const [name, grant] of rights.get('changeNamespaces')?.named ?? []) {
    if ((namespace ?? name) === name)
      step({ kind: 'admission', namespace: name }, 'change the labels of the namespace', grant);
  }
  step({ kind: 'admission', ...where }, 'except objects from policies', any(rights, 'exceptPolicies'));
  step({ kind: 'scheduling', ...where }, 'evict pods or change their status', any(rights, 'movePods'));
  if (namespace === undefined || namespace === SYSTEM) {
    const maps = rights.get('changeConfigMaps');
    if (model.awsAuth !== undefined) {
      step(
        { kind: 'cluster-admin' },
        'map itself to system:masters in aws-auth',
        maps?.all ?? maps?.named.get('aws-auth'),
      );
    }
  }
  if (namespace !== undefined) steps.push(...bindingSteps(scope, cluster, model));
  return steps;
}

/** Steps that only a right on the whole cluster gives. */
function stepsOnCluster(cluster: ScopeRights, scopes: readonly ScopeRights[], model: RbacModel): Step[] {
  const { rights } = cluster;
  const steps: Step[] = [];
  if (cluster.everything !== undefined) return steps;
  const admin: Node = { kind: 'cluster-admin' };
  const step = (to: Node, how: string, ...by: readonly (Grant | undefined)[]): void => {
    const grants = by.filter((one) => one !== undefined);
    if (grants.length === by.length) steps.push({ to, how, by: grants });
  };
  const all = (right: RightName): Grant | undefined => rights.get(right)?.all;

  step(admin, 'bind itself to cluster-admin', any(rights, 'writeClusterBindings'), all('bindClusterRoles'));
  step(
    { kind: 'namespace', namespace: SYSTEM },
    'bind itself to cluster-admin in a namespace',
    any(rights, 'writeBindings'),
    all('bindClusterRoles'),
  );
  for (const [name, grant] of rights.get('bindClusterRoles')?.named ?? []) {
    const role = model.roles.find((one) => one.kind === 'ClusterRole' && one.name === name);
    if (role === undefined) continue;
    const [everywhere, somewhere] = [any(rights, 'writeClusterBindings'), any(rights, 'writeBindings')];
    if (everywhere !== undefined) steps.push(boundTo(role, undefined, [everywhere, grant]));
    else if (somewhere !== undefined) {
      for (const namespace of model.namespaces) steps.push(boundTo(role, namespace, [somewhere, grant]));
    }
  }
  steps.push(...escalations(cluster, scopes));

  step(
    admin,
    'impersonate a member of system:masters',
    any(rights, 'impersonateUsers'),
    all('impersonateGroups') ?? named(rights, 'impersonateGroups', 'system:masters'),
  );
  step({ kind: 'users' }, 'impersonate', all('impersonateUsers'));
  for (const [name, grant] of rights.get('impersonateUsers')?.named ?? [])
    step({ kind: 'user', name }, 'impersonate', grant);
  for (const [name, grant] of rights.get('impersonateGroups')?.named ?? []) {
    step({ kind: 'group', name }, 'impersonate a member', any(rights, 'impersonateUsers'), grant);
  }

  const signers = rights.get('approveSigners');
  const signs = (signer: string): Grant | undefined =>
    signers?.all ?? signers?.named.get(`${SIGNERS}${signer}`) ?? signers?.named.get(`${SIGNERS}*`);
  const requests = [all('createRequests'), any(rights, 'approveRequests')] as const;
  step({ kind: 'certificates' }, 'approve its own certificate', ...requests, signs('kube-apiserver-client'));
  step({ kind: 'node' }, 'approve a certificate of a node', ...requests, signs('kube-apiserver-client-kubelet'));

  step({ kind: 'processes' }, 'run commands through the kubelet', any(rights, 'proxyNodes'));
  step({ kind: 'pods' }, 'change pods with a webhook', any(rights, 'writeMutatingWebhooks'));
  step({ kind: 'admission' }, 'change what admits objects', any(rights, 'changeAdmission'));
  step({ kind: 'scheduling' }, 'change nodes', any(rights, 'changeNodeStatus'));
  // Pod Security forbids hostPath volumes, and not claims of a volume that is one.
  step(
    { kind: 'node' },
    'mount a volume of the host',
    all('createVolumes'),
    all('createClaims'),
    all('createPods') ?? all('createControllers'),
  );
  return steps;
}

/** Pods whose name is known, and those that a workload names after itself. */
function podsNamed(model: RbacModel, namespace: string | undefined, name: string): readonly Workload[] {
  return model.workloads.filter(
    (one) =>
      (namespace ?? one.namespace) === one.namespace &&
      (one.kind === 'Pod' ? one.name === name : name.startsWith(`${one.name}-`)),
  );
}

/** The namespaces in which a workload stands whose template may be changed. */
function changeable(
  { namespace, rights }: ScopeRights,
  model: RbacModel,
): { readonly namespace: string; readonly grant: Grant }[] {
  const held = rights.get('changeControllers');
  if (held === undefined) return [];
  const found = new Map<string, Grant>();
  for (const { kind, namespace: home, name } of model.workloads) {
    const grant = held.all ?? held.named.get(name);
    if (kind !== 'Pod' && grant !== undefined && (namespace ?? home) === home && !found.has(home))
      found.set(home, grant);
  }
  // Every cluster runs controllers there.
  if (held.all !== undefined && (namespace ?? SYSTEM) === SYSTEM) found.set(SYSTEM, held.all);
  return [...found].map(([home, grant]) => ({ namespace: home, grant }));
}

function known({ secrets }: RbacModel, namespace: string, name: string): boolean {
  return secrets.some((secret) => secret.namespace === namespace && secret.name === name);
}

function any(rights: ScopeRights['rights'], right: RightName): Grant | undefined {
  return some(rights.get(right));
}

function named(rights: ScopeRights['rights'], right: RightName, name: string): Grant | undefined {
  return rights.get(right)?.named.get(name);
}
