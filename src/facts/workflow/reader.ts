import { child, descend, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { FactReader } from '../../model/index.ts';
import { located, locatedMap, optional, readSteps } from './read-steps.ts';
import type { Job, Located, Permissions, Trigger, WorkflowFact } from './types.ts';

/** Reads `.github/workflows/*.yml`. */
export const workflowReader: FactReader<'workflow', WorkflowFact> = {
  kind: 'workflow',
  belongsTo: 'repository',
  selects: (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/i.test(path),
  read({ path, text }) {
    const [document] = parseYaml(path, text);
    if (document === undefined) return { facts: [], unread: [] };
    if (!document.ok) {
      return {
        facts: [],
        unread: [
          { path, reason: 'unparsed-file', message: `not readable as YAML: ${document.message}`, at: document.at },
        ],
      };
    }
    const root = document.root;
    if (root?.kind !== 'map' || child(root, 'jobs') === undefined) {
      return {
        facts: [],
        unread: [{ path, reason: 'unparsed-file', message: 'not a workflow: it has no `jobs`', at: document.at }],
      };
    }
    return { facts: [readWorkflow(path, root)], unread: [] };
  },
};

function readWorkflow(path: string, root: YamlNode): WorkflowFact {
  // YAML 1.1 reads a plain `on` as true; this parser is YAML 1.2 and keeps it a string.
  return {
    path,
    at: root.at,
    triggers: readTriggers(child(root, 'on')),
    env: locatedMap(child(root, 'env')),
    jobs: entriesOf(child(root, 'jobs')).map(({ key, value }) =>
      readJob(key, value, {
        shell: textOf(descend(root, 'defaults', 'run', 'shell')),
        folder: textOf(descend(root, 'defaults', 'run', 'working-directory')),
      }),
    ),
    ...optional('name', textOf(child(root, 'name'))),
    ...optional('permissions', readPermissions(child(root, 'permissions'))),
    ...optional('defaultShell', textOf(descend(root, 'defaults', 'run', 'shell'))),
  };
}

function readTriggers(node: YamlNode | undefined): Trigger[] {
  if (node?.kind === 'map') {
    return node.entries.flatMap(({ key, keyAt, value }) => {
      const filters = {
        ...optional('branches', texts(value, 'branches')),
        ...optional('branchesIgnore', texts(value, 'branches-ignore')),
        ...optional('tags', texts(value, 'tags')),
        ...optional('paths', texts(value, 'paths')),
        ...optional('pathsIgnore', texts(value, 'paths-ignore')),
        ...optional('types', texts(value, 'types')),
      };
      return [{ event: key, at: keyAt, ...filters }];
    });
  }
  return itemsOf(node).flatMap((item) => {
    const event = textOf(item);
    return event === undefined ? [] : [{ event, at: item.at }];
  });
}

function texts(node: YamlNode, key: string): string[] | undefined {
  const list = child(node, key);
  if (list === undefined) return undefined;
  return itemsOf(list).flatMap((item) => textOf(item) ?? []);
}

function readPermissions(node: YamlNode | undefined): Permissions | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') {
    return { scopes: new Map(node.entries.map(({ key, value }) => [key, textOf(value) ?? 'none'])), at: node.at };
  }
  return { all: textOf(node) ?? 'none', at: node.at };
}

function readJob(
  id: string,
  node: YamlNode,
  { shell, folder }: { readonly shell: string | undefined; readonly folder: string | undefined },
): Job {
  const environment = child(node, 'environment');
  const ownFolder = textOf(descend(node, 'defaults', 'run', 'working-directory')) ?? folder;
  return {
    id,
    at: node.at,
    needs: itemsOf(child(node, 'needs')).flatMap((item) => textOf(item) ?? []),
    env: locatedMap(child(node, 'env')),
    hasMatrix: descend(node, 'strategy', 'matrix') !== undefined,
    images: readImages(node),
    with: locatedMap(child(node, 'with')),
    steps: readSteps(child(node, 'steps'), ownFolder),
    ...optional('name', located(child(node, 'name'))),
    ...optional('condition', located(child(node, 'if'))),
    ...optional('continueOnError', located(child(node, 'continue-on-error'))),
    ...optional('permissions', readPermissions(child(node, 'permissions'))),
    ...optional('environment', textOf(environment) ?? textOf(child(environment, 'name'))),
    ...optional('defaultShell', textOf(descend(node, 'defaults', 'run', 'shell')) ?? shell ?? runnersShell(node)),
    ...optional('uses', located(child(node, 'uses'))),
  };
}

/** The shell of a runner's system: on Windows GitHub runs PowerShell. */
function runnersShell(node: YamlNode): string | undefined {
  const labels = itemsOf(child(node, 'runs-on')).flatMap((label) => textOf(label) ?? []);
  return labels.some((label) => /^windows/i.test(label)) ? 'pwsh' : undefined;
}

function readImages(node: YamlNode): Located[] {
  const containers = [child(node, 'container'), ...entriesOf(child(node, 'services')).map((entry) => entry.value)];
  return containers.flatMap((container) => located(container) ?? located(child(container, 'image')) ?? []);
}
