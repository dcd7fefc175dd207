// Who can become whom, in a cluster of 200 roles, 500 bindings and 1,000 subjects: builds the closure and walks it from
// every one of them. Prints the first run, which compiles the code, and the median of five more.
import { buildRbac, capabilityClosure, type RbacModel } from '../src/engines/rbac/index.ts';
import { kubernetesReader } from '../src/facts/kubernetes/reader.ts';

const ROLES = 200;
const BINDINGS = 500;
const SUBJECTS = 1000;
const NAMESPACES = 40;

const model = cluster();
console.log(
  '| roles | bindings | subjects | steps reached | first run | median of 5 | processor time of it | peak memory |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
const first = closeOver(model);
const runs = Array.from({ length: 5 }, () => closeOver(model)).sort((a, b) => a.milliseconds - b.milliseconds);
const median = runs[2] ?? first;
const memory = process.resourceUsage().maxRSS / 1024;
console.log(
  `| ${ROLES} | ${BINDINGS} | ${first.subjects} | ${first.reached} | ${first.milliseconds.toFixed(0)} ms | ${median.milliseconds.toFixed(0)} ms | ${median.processor.toFixed(0)} ms | ${memory.toFixed(0)} MB |`,
);

function closeOver(of: RbacModel): {
  readonly subjects: number;
  readonly reached: number;
  readonly milliseconds: number;
  readonly processor: number;
} {
  const started = performance.now();
  const before = process.cpuUsage();
  const closure = capabilityClosure(of);
  const reached = closure.identities.reduce((sum, who) => sum + closure.reach(who).length, 0);
  const { user, system } = process.cpuUsage(before);
  return {
    subjects: closure.identities.length,
    reached,
    milliseconds: performance.now() - started,
    processor: (user + system) / 1000,
  };
}

/** Roles as people write them: most read, some run workloads, a few have what leads to everything. */
function cluster(): RbacModel {
  const items: unknown[] = [];
  const roles = [
    { resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'] },
    { resources: ['configmaps'], verbs: ['get', 'update'] },
    { resources: ['pods'], verbs: ['create', 'delete'] },
    { resources: ['secrets'], verbs: ['get'], resourceNames: ['token'] },
    { resources: ['pods/exec'], verbs: ['create'] },
    { resources: ['serviceaccounts/token'], verbs: ['create'] },
    { resources: ['secrets'], verbs: ['list'] },
    { resources: ['pods/log', 'events'], verbs: ['get'] },
  ];
  for (let index = 0; index < ROLES; index++) {
    const rules = [0, 3, 7].map((step) => ({ apiGroups: [''], ...roles[(index * 5 + step) % roles.length] }));
    items.push({ ...head('ClusterRole', `role-${index}`), rules });
  }
  for (let index = 0; index < SUBJECTS; index++) {
    items.push({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: `account-${index}`, namespace: space(index) },
    });
  }
  for (let index = 0; index < BINDINGS; index++) {
    const isCluster = index % 10 === 0;
    const subjects = [0, 1].map((step) => ({
      kind: 'ServiceAccount',
      name: `account-${index * 2 + step}`,
      namespace: space(index * 2 + step),
    }));
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `role-${(index * 7) % ROLES}` };
    const made = head(isCluster ? 'ClusterRoleBinding' : 'RoleBinding', `binding-${index}`);
    const metadata = isCluster ? made.metadata : { ...made.metadata, namespace: space(index * 3) };
    items.push({ ...made, metadata, roleRef, subjects });
  }
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const reading = kubernetesReader.read({ path: 'cluster.json', text }, { paths: new Set() });
  if (reading instanceof Promise) throw new Error('the reader is synchronous');
  return buildRbac({ kubernetes: reading.facts });
}

function head(
  kind: string,
  name: string,
): { readonly metadata: { readonly name: string }; readonly [key: string]: unknown } {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name } };
}

function space(index: number): string {
  return `space-${index % NAMESPACES}`;
}
