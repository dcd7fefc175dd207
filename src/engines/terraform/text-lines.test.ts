import { describe, expect, it } from 'vitest';
import { clusterOf, releaseOf } from '../../../test/terraform/cluster.ts';
import { descend } from '../../lib/yaml/index.ts';

/** Start lines of the image and the name of the only object. */
function linesOf(configuration: string | Readonly<Record<string, string>>): string {
  const [fact] = clusterOf(configuration).facts;
  const place = (...route: readonly (string | number)[]): string => {
    const at = descend(fact?.root, ...route)?.at;
    return `${at?.path ?? ''}:${at?.startLine ?? ''}`;
  };
  return `${place('metadata', 'name')} ${place('spec', 'containers', 0, 'image')}`;
}

const pod = (name: string, more = ''): string =>
  `    apiVersion: v1\n    kind: Pod\n    metadata:\n      name: ${name}\n${more}    spec:\n      containers:\n      - image: "x:1"\n`;
const manifest = (body: string): string => `resource "kubectl_manifest" "a" {\n  yaml_body = ${body}\n}\n`;

describe('lines of a heredoc', () => {
  it.each([
    ['as it is', manifest(`<<YAML\n${pod('a')}YAML`), 'main.tf:6 main.tf:9'],
    ['without its indentation', manifest(`<<-YAML\n${pod('a')}    YAML`), 'main.tf:6 main.tf:9'],
    [
      'with a value',
      `${manifest(`<<-YAML\n${pod('${local.n}')}    YAML`)}locals {\n  n = "zz"\n}`,
      'main.tf:6 main.tf:9',
    ],
    [
      'with a value that is not known',
      `${manifest(`<<-YAML\n${pod('${var.n}')}    YAML`)}variable "n" {}`,
      'main.tf:6 main.tf:9',
    ],
    [
      'with a value of several lines',
      `${manifest(`<<-YAML\n${pod('a', '      ${local.labels}\n')}    YAML`)}locals {\n  labels = "labels:\\n        a: b\\n        c: d"\n}`,
      'main.tf:6 main.tf:10',
    ],
    [
      'with a directive that takes lines away',
      manifest(`<<-YAML\n${pod('a', '%{ if true ~}\n      namespace: b\n%{ endif ~}\n')}    YAML`),
      'main.tf:2 main.tf:2',
    ],
    [
      'that a local holds',
      `locals {\n  y = <<-YAML\n${pod('a')}    YAML\n}\n${manifest('local.y')}`,
      'main.tf:6 main.tf:9',
    ],
    ['that a function changes', manifest(`trimspace(<<-YAML\n${pod('a')}    YAML\n  )`), 'main.tf:2 main.tf:2'],
    ['in quotes', manifest(JSON.stringify(pod('a'))), 'main.tf:2 main.tf:2'],
    [
      'that is decoded',
      `resource "kubernetes_manifest" "a" {\n  manifest = yamldecode(<<-YAML\n${pod('a')}    YAML\n  )\n}`,
      'main.tf:6 main.tf:9',
    ],
  ])('%s', (_, configuration, expected) => {
    expect(linesOf(configuration)).toBe(expected);
  });

  it('are those of the values of a chart', () => {
    const release = releaseOf('name = "x"\nchart = "c"\nvalues = [<<-YAML\n  a: 1\n  image: ${"b"}\nYAML\n]');
    expect(descend(release.values, 'image')?.at.startLine).toBe(7);
  });
});

describe('documents of the kubectl provider', () => {
  const files = {
    'manifests/b.yaml':
      '# nothing\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - image: "x:1"\n',
  };
  const use = (data: string, documents: string): string =>
    `data "${data.startsWith('content') ? 'kubectl_file_documents' : 'kubectl_path_documents'}" "d" {\n  ${data}\n}\nresource "kubectl_manifest" "a" {\n  ${documents}\n}\n`;
  const byPath = 'pattern = "./manifests/*.yaml"\n  vars = { name = "a" }';

  it.each([
    ['for_each = toset(data.kubectl_path_documents.d.documents)\n  yaml_body = each.value'],
    ['for_each = data.kubectl_path_documents.d.manifests\n  yaml_body = each.value'],
    [
      'count = length(data.kubectl_path_documents.d.documents)\n  yaml_body = data.kubectl_path_documents.d.documents[count.index]',
    ],
  ])('stand in their files: %s', (documents) => {
    expect(linesOf({ 'main.tf': use(byPath, documents), ...files })).toBe('manifests/b.yaml:6 manifests/b.yaml:9');
  });

  it('are found by their path in the API', () => {
    const documents = 'yaml_body = data.kubectl_path_documents.d.manifests["/api/v1/pods/a"]';
    expect(clusterOf({ 'main.tf': use(byPath, documents), ...files }).facts[0]?.name).toBe('a');
  });

  it('of a text are its documents', () => {
    const documents = 'for_each = data.kubectl_file_documents.d.manifests\n  yaml_body = each.value';
    const data =
      'content = <<-YAML\n    apiVersion: v1\n    kind: Namespace\n    metadata: {name: a}\n    ---\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: b, namespace: c}\n  YAML';
    const { facts, unread } = clusterOf(use(data, documents));
    expect(facts.map(({ kind, at }) => [kind, at.route])).toEqual([
      ['Namespace', 'kubectl_manifest.a["/api/v1/namespaces/a"]'],
      ['Deployment', 'kubectl_manifest.a["/apis/apps/v1/namespaces/c/deployments/b"]'],
    ]);
    expect(unread).toEqual([]);
  });

  it('are not known where the files are not', () => {
    const documents = 'for_each = toset(data.kubectl_path_documents.d.documents)\n  yaml_body = each.value';
    for (const pattern of ['gone/*.yaml', '../out/*.yaml', 'manifests/**/*.yaml']) {
      const { facts, unread } = clusterOf({ 'main.tf': use(`pattern = "${pattern}"`, documents), ...files });
      expect(facts).toEqual([]);
      expect(unread).toHaveLength(1);
    }
  });
});

describe('a module that was brought', () => {
  const files = (tag: string): Readonly<Record<string, string>> => ({
    'main.tf': `\nmodule "web" {\n  source = "acme/web/kubernetes"\n  tag = "1"\n}\n`,
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Dir: '.' },
        { Key: 'web', Dir: '.terraform/modules/web' },
      ],
    }),
    '.terraform/modules/web/main.tf': `variable "tag" {}\nresource "kubernetes_pod" "p" {\n  metadata {\n    name = "p"\n  }\n  spec {\n    container {\n      image = ${tag}\n    }\n  }\n}\n`,
  });

  it('has its objects at the call, and values where the call gives them', () => {
    const [given] = clusterOf(files('"x:${var.tag}"')).facts;
    expect(given).toMatchObject({ path: 'main.tf', at: { path: 'main.tf', startLine: 2 } });
    expect(given?.pod?.containers[0]?.image).toMatchObject({ text: 'x:1', at: { path: 'main.tf', startLine: 4 } });
    const [own] = clusterOf(files('"x:latest"')).facts;
    expect(own?.pod?.containers[0]?.image).toMatchObject({ text: 'x:latest', at: { path: 'main.tf', startLine: 2 } });
  });
});
