import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findGates } from '../../../engines/gates/find-gates.ts';
import { factsOfTexts, requiring, RULES, workflowOf } from '../../../../test/gate-facts.ts';
import type { Context } from '../../context.ts';
import { imageReferences } from './image-references.ts';
import { imageWord } from './docker-run.ts';
import { catches } from './modelled-gates.ts';
import { referencesToPlant } from './planted-references.ts';
import { collectActionReferences, collectImageReferences } from './references.ts';
import { fixityOfAction, fixityOfImage } from './registries.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const COMMIT = 'b'.repeat(40);

async function contextOf(files: Readonly<Record<string, string>>): Promise<Context> {
  const { facts, tree } = await factsOfTexts(files);
  return {
    product: { name: 'p', paths: ['.'] },
    tree,
    repository: tree,
    terraform: { roots: [], releases: [] },
    terraformModules: [],
    iamTexts: () => ({ services: '', managedPolicies: '' }),
    facts,
    declared: { defaultBranch: 'main' },
    secretRules: [],
    now: new Date(0),
  };
}

async function images(files: Readonly<Record<string, string>>): Promise<string[]> {
  return (await collectImageReferences(await contextOf(files))).map(({ text, written }) => text ?? `? ${written}`);
}

describe('fixityOfImage', () => {
  it.each([
    [`alpine@${DIGEST}`, 'fixed'],
    [`localhost:5000/x:1@${DIGEST}`, 'fixed'],
    ['alpine@sha256:abc', 'no-reference'],
    [`alpine@sha256:${'a'.repeat(40)}`, 'no-reference'],
    ['alpine:3.20', 'movable'],
    ['alpine', 'movable'],
    ['GHCR.IO/o/a:1', 'movable'],
    ['index.docker.io/o/a:1', 'movable'],
    ['registry-1.docker.io/o/a:1', 'movable'],
    ['localhost:5000/x:1', 'by-registry'],
    ['registry.k8s.io/pause:3', 'by-registry'],
    ['', 'no-reference'],
    ['Upper', 'no-reference'],
    ['ko://github.com/x/y', 'no-reference'],
  ])('%s: %s', (text, kind) => {
    expect(fixityOfImage(text).kind).toBe(kind);
  });

  it('is fixed only with a whole digest', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          fixityOfImage(text).kind !== 'fixed' || /@sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(text.trim()),
      ),
    );
  });
});

describe('fixityOfAction', () => {
  it.each([
    [`a/b@${COMMIT}`, 'fixed'],
    [`a/b@${COMMIT.toUpperCase()}`, 'fixed'],
    [`a/b/c@${COMMIT}`, 'fixed'],
    ['a/b@v1', 'movable'],
    ['a/b@main', 'movable'],
    ['a/b@bbbbbbb', 'movable'],
    [`a/b@${COMMIT}b`, 'movable'],
    ['a/b', 'no-reference'],
  ])('%s: %s', (text, kind) => {
    expect(fixityOfAction(text).kind).toBe(kind);
  });

  it('weighs branches and other owners more than tags of GitHub', () => {
    expect(
      ['a/b@v1', 'actions/checkout@v4', 'actions/checkout@main']
        .map((text) => fixityOfAction(text))
        .map((fixity) => (fixity.kind === 'movable' ? fixity.severity : '')),
    ).toEqual(['high', 'medium', 'high']);
  });
});

describe('imageWord', () => {
  it.each([
    ['docker run alpine', 'alpine'],
    ['docker run --rm -it -v /a:/b -p 80:80 -e A=b --name x alpine sh -c y', 'alpine'],
    ['docker run -itv /a:/b alpine', 'alpine'],
    ['docker run -p80:80 --network=host alpine', 'alpine'],
    ['docker run -d --network host --privileged alpine', 'alpine'],
    ['sudo podman pull -q alpine', 'alpine'],
    ['docker pull --platform linux/arm64 -a alpine', 'alpine'],
    ['docker container create alpine', 'alpine'],
    ['docker image pull alpine', 'alpine'],
    ['docker run -a stdout alpine', 'alpine'],
    ['docker run', undefined],
    ['docker run --rm', undefined],
    ['docker build .', undefined],
    ['kubectl run x', undefined],
  ])('%s: %s', (line, expected) => {
    const words = line.split(' ');
    expect(words[imageWord(words) ?? -1]).toBe(expected);
  });
});

describe('references', () => {
  it('takes a compose service that another one builds for no pull', async () => {
    const compose =
      'services:\n  a: {build: ., image: app}\n  b: {image: app}\n  c: {image: "redis:${V:-8}"}\n  d: {image: "x:${W}"}\n';
    expect(await images({ 'compose.yaml': compose })).toEqual(['redis:8', '? x:${W}']);
    expect(await images({ 'compose.yaml': compose, '.env': 'W=2\nV=9\n' })).toEqual(['redis:9', 'x:2']);
  });

  it('reads scripts of workflows, without what they build', async () => {
    const steps =
      '- run: |\n    docker build -t a .\n    docker tag a b:1\n    docker run a:latest\n    docker run b:1\n    docker run c:1 && docker pull a\n  env: {X: d}\n- run: docker run $X:1\n  env: {X: d}\n- run: docker run $Y\n- run: docker run "${{ steps.x.outputs.y }}"';
    expect(await images({ '.github/workflows/w.yml': workflowOf({ steps }) })).toEqual([
      'c:1',
      'a',
      'd:1',
      '? $Y',
      '? ${{ steps.x.outputs.y }}',
    ]);
  });

  it('leaves patterns and schemas of images alone', async () => {
    const policy =
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nspec:\n  rules:\n    - validate: {pattern: {spec: {containers: [{image: "!*:latest"}]}}}\n';
    expect(await images({ 'p.yaml': policy })).toEqual([]);
  });

  it('counts actions of others only, wherever they are used', async () => {
    const files = {
      '.github/workflows/w.yml': workflowOf({ steps: '- uses: a/b@v1\n- uses: ./x\n- uses: $/x\n- uses: docker://y' }),
      'x/action.yml': 'runs:\n  using: composite\n  steps: [{uses: c/d@v1}]\n',
    };
    expect(collectActionReferences(await contextOf(files)).map((reference) => reference.text)).toEqual([
      'a/b@v1',
      'c/d@v1',
    ]);
  });

  it('gives no verdict on builds whose base depends on arguments that are not in sight', async () => {
    const files = {
      Dockerfile: `ARG BASE=alpine@${DIGEST}\nFROM $BASE\n`,
      'build.sh': 'docker build --build-arg BASE="$1" -t a .\n',
    };
    const assessment = await imageReferences.judge(await contextOf(files));
    expect(assessment.counterexamples).toEqual([]);
    expect(assessment.gaps.length).toBeGreaterThan(0);
  });
});

describe('gates', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: x}]}\n';
  async function answers(steps: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
    const context = await contextOf({
      '.github/workflows/w.yml': workflowOf({ steps }),
      'k8s/pod.yaml': pod,
      [RULES]: requiring('scan'),
      ...more,
    });
    const gates = findGates(context.facts, 'main');
    const [gate] = gates;
    return gate === undefined
      ? []
      : referencesToPlant(context, gates).map((attack) => `${attack.id} ${catches(attack, gate, context).answer}`);
  }

  it.each([
    ['- run: zizmor .', {}, ['movable-action yes', 'movable-pod-image no']],
    ['- run: zizmor .', { '.github/zizmor.yml': 'rules: {}' }, ['movable-action undecided', 'movable-pod-image no']],
    ['- run: zizmor other/', {}, ['movable-action no', 'movable-pod-image no']],
    ['- run: checkov -d .', {}, ['movable-action no', 'movable-pod-image yes']],
    ['- run: checkov -d terraform', {}, ['movable-action no', 'movable-pod-image no']],
    ['- run: checkov -d . --skip-check CKV_K8S_43', {}, ['movable-action no', 'movable-pod-image no']],
    ['- run: checkov -d . --check CKV_AWS_1', {}, ['movable-action no', 'movable-pod-image no']],
    ['- run: checkov -d . --framework terraform', {}, ['movable-action no', 'movable-pod-image no']],
    ['- run: checkov -d . --soft-fail-on LOW', {}, ['movable-action no', 'movable-pod-image undecided']],
    [
      '- run: checkov -d .',
      { '.checkov.yaml': 'soft-fail: true' },
      ['movable-action no', 'movable-pod-image undecided'],
    ],
    ['- run: npx fourproof', {}, ['movable-action yes', 'movable-pod-image yes']],
    ['- run: semgrep ci', {}, ['movable-action undecided', 'movable-pod-image undecided']],
    [
      '- uses: zgosalvez/github-actions-ensure-sha-pinned-actions@v3\n  with: {allowlist: planted/}',
      {},
      ['movable-action undecided', 'movable-pod-image no'],
    ],
  ])('%s %j', async (steps, more, expected) => {
    expect(await answers(steps, more as Readonly<Record<string, string>>)).toEqual(expected);
  });

  it('plants where the path filters of every gate look away', async () => {
    const context = await contextOf({
      '.github/workflows/w.yml': workflowOf({
        on: '{pull_request: {paths: ["k8s/**"]}}',
        steps: '- run: npx fourproof',
      }),
      'k8s/pod.yaml': pod,
      'z/pod.yaml': pod,
    });
    expect(referencesToPlant(context, findGates(context.facts, 'main')).map(({ path }) => path)).toEqual([
      '.github/workflows/w.yml',
      'z/pod.yaml',
    ]);
  });
});

describe('images that are not written in a pod', () => {
  it.each([
    ['apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {chart: {spec: {chart: nginx}}}', 'nginx'],
    ['apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec: {chart: traefik}', 'traefik'],
    ['apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {sources: [{chart: redis}]}', 'redis'],
    ['apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nspec: {imageName: "ghcr.io/o/pg:16"}', 'ghcr.io/o/pg:16'],
  ])('%j is a gap', async (text, named) => {
    const { gaps, counterexamples } = await imageReferences.judge(await contextOf({ 'a.yaml': `${text}\n` }));
    expect(counterexamples).toEqual([]);
    expect(gaps.map((gap) => gap.message)).toEqual([expect.stringContaining(`\`${named}\``)]);
  });

  it('replays a reference in a block scalar', async () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: |\n        o/a:1\n';
    const context = await contextOf({ 'a.yaml': text });
    const [counterexample] = (await imageReferences.judge(context)).counterexamples;
    if (counterexample === undefined) throw new Error('no counterexample');
    expect(await imageReferences.replay?.(context, counterexample)).toMatchObject({ confirmed: true });
  });
});
