import type { Grant, RbacModel, Role } from '../types.ts';
import type { Held, ScopeRights } from './holdings.ts';
import type { Node } from './nodes.ts';
import type { RightName } from './rights.ts';
import type { Step } from './steps.ts';

/** What the right to bind or to escalate gives in one namespace. */
export function bindingSteps(scope: ScopeRights, cluster: ScopeRights | undefined, model: RbacModel): Step[] {
  const { namespace = '', rights } = scope;
  const steps: Step[] = [];
  const everything: Node = { kind: 'namespace', namespace };
  const get = (right: RightName): Held | undefined => rights.get(right) ?? cluster?.rights.get(right);
  const writes = some(get('writeBindings'));
  if (writes !== undefined) {
    const all = get('bindClusterRoles')?.all;
    if (all !== undefined) steps.push({ to: everything, how: 'bind itself to cluster-admin', by: [writes, all] });
    for (const [name, grant] of get('bindClusterRoles')?.named ?? []) {
      const role = model.roles.find((one) => one.kind === 'ClusterRole' && one.name === name);
      if (role !== undefined) steps.push(boundTo(role, namespace, [writes, grant]));
    }
    const roles = get('bindRoles');
    for (const role of roles === undefined ? [] : model.roles) {
      const grant =
        role.kind === 'Role' && role.namespace === namespace ? (roles?.all ?? roles?.named.get(role.name)) : undefined;
      if (grant !== undefined) steps.push(boundTo(role, namespace, [writes, grant]));
    }
  }
  const escalates = get('escalateRoles');
  const changes = get('changeRoles');
  for (const held of scope.roles) {
    if (held.role.kind !== 'Role') continue;
    const { name } = held.role;
    const by = [changes?.all ?? changes?.named.get(name), escalates?.all ?? escalates?.named.get(name)];
    if (by[0] !== undefined && by[1] !== undefined) {
      steps.push({ to: everything, how: `add rules to its own role ${name}`, by: [by[0], by[1], held] });
    }
  }
  return steps;
}

/** With `escalate` on a ClusterRole that one holds, one adds what one likes to it. */
export function escalations({ rights }: ScopeRights, scopes: readonly ScopeRights[]): Step[] {
  const steps: Step[] = [];
  const escalates = rights.get('escalateClusterRoles');
  const changes = rights.get('changeClusterRoles');
  if (escalates === undefined) return steps;
  for (const { namespace, roles } of scopes) {
    const to: Node = namespace === undefined ? { kind: 'cluster-admin' } : { kind: 'namespace', namespace };
    for (const held of roles) {
      if (held.role.kind !== 'ClusterRole' || held.role.source === 'eks') continue;
      const { name } = held.role;
      const change = changes?.all ?? changes?.named.get(name);
      const escalate = escalates.all ?? escalates.named.get(name);
      if (change !== undefined && escalate !== undefined) {
        steps.push({ to, how: `add rules to its own role ${name}`, by: [change, escalate, held] });
        break;
      }
      const create = rights.get('createClusterRoles')?.all;
      if (held.role.collects !== undefined && create !== undefined && escalates.all !== undefined) {
        steps.push({ to, how: `create a role that ${name} collects`, by: [create, escalates.all, held] });
        break;
      }
    }
  }
  return steps;
}

/** To hold a role by a binding of one's own. */
export function boundTo(role: Role, namespace: string | undefined, by: readonly Grant[]): Step {
  const to: Node = { kind: 'holder', role, ...(namespace === undefined ? {} : { namespace }) };
  return { to, how: `bind itself to ${role.name}`, by };
}

/** What grants a right for something at least. */
export function some(held: Held | undefined): Grant | undefined {
  return held?.all ?? held?.named.values().next().value;
}
