import { describe, expect, it } from 'vitest';
import { collectFacts } from '../facts/collect.ts';
import { textTree } from '../lib/tree-views.ts';
import type { Context } from './context.ts';
import * as inputs from './inputs.ts';

const BINDING = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: a }\n';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: "a:1" }] }\n';
const WORKFLOW = 'on: pull_request\njobs: { test: { runs-on: ubuntu-24.04, steps: [{ run: make }] } }\n';

describe('inputs', () => {
  it('gives nothing for an empty product', async () => {
    const context = await contextOf({});
    const lists = [
      inputs.sourceFiles(context),
      inputs.manifests(context),
      inputs.terraformFiles(context),
      inputs.kubernetesObjects(context, ['Role']),
      inputs.workloads(context),
      inputs.charts(context),
      inputs.dockerfiles(context),
      inputs.composeServices(context),
      inputs.gates(context),
    ];
    expect(lists.flat()).toEqual([]);
  });

  it('counts source files, the most common language first', async () => {
    const context = await contextOf({ 'a.js': '', 'A.java': '', 'B.java': '', 'c.go': '' });
    expect(inputs.sourceFiles(context)).toEqual(['2 Java files', '1 Go file', '1 JavaScript file']);
  });

  it('names at most three manifests', async () => {
    const paths = ['a/pom.xml', 'b/pom.xml', 'c/pom.xml', 'd/pom.xml', 'e/pom.xml'];
    const context = await contextOf(Object.fromEntries(paths.map((path) => [path, ''])));
    expect(inputs.manifests(context)).toEqual(['5 manifests (a/pom.xml, b/pom.xml, c/pom.xml, 2 more)']);
  });

  it('names only the kinds that are there', async () => {
    const context = await contextOf({ 'a.yaml': `${BINDING}---\n${BINDING}---\n${POD}` });
    const found = inputs.kubernetesObjects(context, ['Role', 'RoleBinding', 'Secret']);
    expect(found).toEqual(['2 Kubernetes objects (RoleBinding)']);
    expect(inputs.workloads(context)).toEqual(['1 Kubernetes object that runs pods']);
  });

  it('counts Terraform files, Dockerfiles, compose services and charts', async () => {
    const context = await contextOf({
      'main.tf': '',
      'iam/users.tf': '',
      Dockerfile: 'FROM scratch\n',
      'compose.yaml': 'services: { a: { image: "a:1" }, b: { image: "b:1" } }\n',
      'chart/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n',
    });
    expect(inputs.terraformFiles(context)).toEqual(['2 Terraform files']);
    expect(inputs.dockerfiles(context)).toEqual(['1 Dockerfile']);
    expect(inputs.composeServices(context)).toEqual(['2 compose services']);
    expect(inputs.charts(context)).toEqual(['1 Helm chart that is not rendered']);
  });

  it('shows where a gate would run and what would require it', async () => {
    const rules = JSON.stringify([
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'test' }] } },
    ]);
    const context = await contextOf({
      '.github/workflows/ci.yml': WORKFLOW,
      '.gitlab-ci.yml': '',
      '.github/rules.json': rules,
    });
    expect(inputs.pipelines(context)).toEqual(['1 workflow', '1 other pipeline (.gitlab-ci.yml)']);
    expect(inputs.gates(context)).toEqual(['1 workflow', '1 other pipeline (.gitlab-ci.yml)', '1 set of branch rules']);
  });
});

async function contextOf(texts: Readonly<Record<string, string>>): Promise<Context> {
  const tree = textTree('test', new Map(Object.entries(texts)));
  return {
    product: { name: 'test', paths: ['.'] },
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    facts: await collectFacts(tree),
    declared: {},
    secretRules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    now: new Date('2026-01-01T00:00:00Z'),
  };
}
