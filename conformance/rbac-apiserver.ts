// Asks a real API server and our engine the same random questions about the same random RBAC, and compares the roles and
// bindings that the server creates by itself with ours. Ends with 1 where anything differs, with 3 where no server is there.
import { BOOTSTRAP_VERSION, bootstrapBindings, bootstrapRoles } from '../src/engines/rbac/bootstrap/index.ts';
import { authorize, buildRbac, type RbacModel, type Subject } from '../src/engines/rbac/index.ts';
import { kubernetesReader } from '../src/facts/kubernetes/reader.ts';
import { pause, startApiServer, type ApiServer } from './api-server.ts';
import { differences } from './rbac-bootstrap.ts';
import { randomObjects, randomRequest, randomSource, NAMESPACES, type Asked, type Manifest } from './rbac-random.ts';

const REQUESTS = 9000;
const WORLDS = 3;
const AT_ONCE = 16;
const GROUP = '/apis/rbac.authorization.k8s.io/v1';
const RESOURCES: Readonly<Record<string, string>> = {
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  Role: 'roles',
  RoleBinding: 'rolebindings',
};

const server = await startApiServer();
if (server === undefined) {
  console.log('not run: there is no etcd and kube-apiserver on the PATH or in KUBEBUILDER_ASSETS');
  process.exit(3);
}
try {
  process.exitCode = await compare(server);
} finally {
  await server.stop();
}

async function compare(api: ApiServer): Promise<number> {
  console.log(`kube-apiserver ${api.version}, our tables are of ${BOOTSTRAP_VERSION}`);
  const dump = await dumpOf(api);
  const roles = bootstrapRoles();
  const bindings = bootstrapBindings();
  const wrong = differences(dump, roles, bindings);
  for (const line of wrong) console.log(`  ${line}`);
  console.log(`${roles.length} bootstrap roles and ${bindings.length} bindings, ${wrong.length} differences`);

  const seed = Number(process.argv[2] ?? 20261121);
  const random = randomSource(seed);
  const totals = { requests: 0, allowed: 0, disagreements: 0 };
  for (const name of NAMESPACES) await api.call('POST', '/api/v1/namespaces', { metadata: { name } });
  for (let world = 0; world < WORLDS; world++) {
    const made: Manifest[] = [];
    for (const object of randomObjects(random)) {
      const { status, body } = await api.call('POST', pathOf(object), object);
      if (status === 201) made.push(object);
      else if (status !== 422) throw new Error(`${object.kind} ${object.metadata.name}: ${JSON.stringify(body)}`);
    }
    await pause(3000);
    const models = [modelOf(made, false), modelOf(await dumpOf(api), true)];
    const asked = Array.from({ length: REQUESTS / WORLDS }, () => randomRequest(random, made));
    for (let at = 0; at < asked.length; at += AT_ONCE) {
      const answers = await Promise.all(asked.slice(at, at + AT_ONCE).map((one) => ask(api, one, models)));
      for (const { theirs, ours, one } of answers) {
        totals.requests++;
        if (theirs) totals.allowed++;
        if (ours.every((answer) => answer === theirs)) continue;
        totals.disagreements++;
        if (totals.disagreements <= 10)
          console.log(`  ${JSON.stringify(one)}: server ${theirs}, ours ${ours.join(' and ')}`);
      }
    }
    for (const object of made)
      await api.call('DELETE', `${pathOf(object)}/${encodeURIComponent(object.metadata.name)}`);
    await pause(1000);
  }
  console.log(
    `${totals.requests} requests, ${totals.disagreements} disagreements (${totals.allowed} allowed, seed ${seed})`,
  );
  return totals.disagreements === 0 && totals.requests === REQUESTS && wrong.length === 0 ? 0 : 1;
}

/** Facts as the product reads them; a dump is complete, manifests stand beside what Kubernetes brings. */
function modelOf(objects: readonly unknown[], complete: boolean): RbacModel {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const reading = kubernetesReader.read({ path: 'objects.json', text }, { paths: new Set() });
  if (reading instanceof Promise) throw new Error('the reader is synchronous');
  return buildRbac({ kubernetes: reading.facts, complete });
}

async function ask(
  api: ApiServer,
  one: Asked,
  models: readonly RbacModel[],
): Promise<{ readonly theirs: boolean; readonly ours: readonly boolean[]; readonly one: Asked }> {
  const { user, groups, request } = one;
  const attributes =
    'path' in request
      ? { nonResourceAttributes: { verb: request.verb, path: request.path } }
      : { resourceAttributes: request };
  const { status, body } = await api.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    spec: { user, groups, ...attributes },
  });
  if (status !== 201) throw new Error(`SubjectAccessReview: ${status} ${JSON.stringify(body)}`);
  const theirs = (body as { status: { allowed: boolean } }).status.allowed;
  const subject: Subject = { user, groups };
  return { theirs, ours: models.map((model) => authorize(model, subject, request).kind === 'allowed'), one };
}

async function dumpOf(api: ApiServer): Promise<Manifest[]> {
  const all: Manifest[] = [];
  for (const [kind, resource] of Object.entries(RESOURCES)) {
    const { body } = await api.call('GET', `${GROUP}/${resource}`);
    const { items } = body as { readonly items: readonly Manifest[] };
    all.push(...items.map((item) => ({ ...item, apiVersion: 'rbac.authorization.k8s.io/v1', kind })));
  }
  return all;
}

function pathOf({ kind, metadata: { namespace } }: Manifest): string {
  return `${GROUP}/${namespace === undefined ? '' : `namespaces/${namespace}/`}${RESOURCES[kind] ?? ''}`;
}
