import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../../../test/terraform/cluster.ts';
import { factsOfTexts } from '../../../../test/gate-facts.ts';
import type { Assessment } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import { nonRoot } from './non-root.ts';

const VARIABLES = 'variable "image" {}\nvariable "user" {}\n';

async function judged(user: string, container: string): Promise<Assessment> {
  const { facts, tree } = await factsOfTexts({
    Dockerfile: `FROM alpine\nUSER ${user}\n`,
    'build.sh': 'docker build -t r.io/a:1 .',
  });
  const { facts: objects } = clusterOf(
    `${VARIABLES}resource "kubernetes_pod" "p" {\n  spec {\n    container {\n${container}\n    }\n  }\n}`,
  );
  const context: Context = {
    product: { name: 'p', paths: ['.'] },
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    facts: { ...facts, kubernetes: objects },
    declared: {},
    secretRules: [],
    now: new Date(0),
  };
  return nonRoot.judge(context);
}

function security(text: string): string {
  return `security_context {\n${text}\n}`;
}

describe('containers of which parts are not known', () => {
  it('do not make an image safe that they may not run', async () => {
    const { counterexamples } = await judged('0', `image = var.image\n${security('run_as_user = 7')}`);
    expect(counterexamples).toHaveLength(1);
  });

  it('do not make an image open that they may not run, and are named', async () => {
    const { counterexamples, gaps } = await judged('7', `image = var.image\n${security('run_as_user = 0')}`);
    expect(counterexamples).toEqual([]);
    expect(gaps).toMatchObject([{ reason: 'unresolved-value', at: { path: 'main.tf' } }]);
    expect(gaps[0].message).toContain('var.image has no value');
  });

  it('leave a user open that is not known', async () => {
    const { counterexamples, gaps } = await judged('7', `image = "r.io/a:1"\n${security('run_as_user = var.user')}`);
    expect(counterexamples).toEqual([]);
    expect(gaps[0].message).toContain('var.user has no value');
  });

  it('leave it open whether the kubelet refuses root', async () => {
    const unsure = await judged('7', `image = "r.io/a:1"\n${security('run_as_user = 0\nrun_as_non_root = var.user')}`);
    expect(unsure.counterexamples).toEqual([]);
    expect(unsure.gaps[0].message).toContain('var.user has no value');
    const sure = await judged('7', `image = "r.io/a:1"\n${security('run_as_user = 0')}`);
    expect(sure.counterexamples).toHaveLength(1);
  });
});
