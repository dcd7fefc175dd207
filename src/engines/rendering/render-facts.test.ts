import { describe, expect, it } from 'vitest';
import { collectFacts } from '../../facts/collect.ts';
import { textTree } from '../../lib/tree-views.ts';
import type { RenderRequest, Rendering } from '../../model/index.ts';
import { evaluateFacts } from '../terraform/evaluate-facts.ts';
import { renderFacts } from './render-facts.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: "r.io/a:1"}]}\n';

/** Renders the files with a renderer that answers with one text, and keeps what it was asked. */
async function rendered(files: Readonly<Record<string, string>>, answer: Rendering | string = POD) {
  const tree = textTree('case', new Map(Object.entries(files)));
  const asked: RenderRequest[] = [];
  const { facts, terraform } = await renderFacts(
    await evaluateFacts(await collectFacts(tree), tree, []),
    tree,
    (request) => {
      asked.push(request);
      return typeof answer === 'string' ? { ok: true, text: answer, by: 'test v1' } : answer;
    },
  );
  const gaps = facts.unread.map(({ message, closes }) => (closes === undefined ? message : `${message} [${closes}]`));
  return { facts, terraform, asked, gaps };
}

const CHART = {
  'web/Chart.yaml': 'name: shop-web\n',
  'web/values.yaml': 'a: 1\n',
  'web/templates/pod.yaml': '{{ x }}',
};
const KUSTOMIZATION = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': POD,
  'prod/kustomization.yaml': 'resources: [../base]\npatches:\n- path: part.yaml\n',
  'prod/part.yaml': POD.replace('r.io/a:1', 'r.io/a:2'),
};

describe('charts', () => {
  it('give objects at the top of their template, and no gap', async () => {
    const text = `---\n# Source: shop-web/templates/pod.yaml\n${POD}---\n# Source: shop-web/templates/gone.yaml\n${POD}`;
    const { facts, asked, gaps } = await rendered(CHART, text);
    expect(gaps).toEqual([]);
    expect(facts.kubernetes).toMatchObject([
      { path: 'web/templates/pod.yaml', rendered: 'test v1', at: { startLine: 1, endLine: 1 } },
      { path: 'web/Chart.yaml', rendered: 'test v1' },
    ]);
    expect(facts.kubernetes[0]?.pod?.containers[0]?.image).toMatchObject({
      text: 'r.io/a:1',
      at: { path: 'web/templates/pod.yaml', startLine: 1, route: 'spec.containers[0].image' },
    });
    expect(facts.chart[0]?.isRendered).toBe(true);
    expect(asked).toMatchObject([{ program: 'helm', folder: 'web', release: { name: 'shop-web' } }]);
    expect([...(asked[0]?.files.keys() ?? [])]).toEqual(Object.keys(CHART).sort());
  });

  it('are given no schema: it may name addresses', async () => {
    const { asked } = await rendered({ ...CHART, 'web/values.schema.json': '{}' });
    expect([...(asked[0]?.files.keys() ?? [])].join()).not.toContain('schema');
  });

  it('stay a gap that says why', async () => {
    const { gaps, facts } = await rendered(CHART, { ok: false, why: 'helm is not on PATH' });
    expect(gaps).toEqual(['the chart shop-web is not rendered: helm is not on PATH']);
    expect(facts.chart[0]).not.toHaveProperty('isRendered');
    expect((await rendered(CHART, 'a: [')).gaps[0]).toContain('is no YAML');
  });

  it('are not rendered without the charts that they need', async () => {
    const needy = { ...CHART, 'web/Chart.yaml': 'name: w\ndependencies: [{name: redis, repository: "https://x"}]\n' };
    const { asked, gaps } = await rendered(needy);
    expect(asked).toEqual([]);
    expect(gaps).toEqual([
      'the chart w is not rendered: it needs the chart redis, which is not in its charts/ [helm dependency build web]',
    ]);
    expect((await rendered({ ...needy, 'web/charts/redis/Chart.yaml': 'name: redis\n' })).gaps).toEqual([]);
    expect((await rendered({ ...needy, 'web/charts/redis-1.0.0.tgz': '' })).asked).toHaveLength(1);
  });

  it('are rendered as Terraform installs them, and with their own values where nothing does', async () => {
    const release = (values: string): Readonly<Record<string, string>> => ({
      ...CHART,
      'infra/main.tf': `variable "tag" {}\nresource "helm_release" "web" {\n  name = "shop"\n  namespace = "web"\n  chart = "\${path.module}/../web"\n  values = [yamlencode({ image = ${values} })]\n}\n`,
    });
    const known = await rendered(release('"a"'));
    expect(known.asked.map((one) => one.release)).toEqual([
      { name: 'shop', namespace: 'web', values: '{"image":"a"}' },
    ]);
    expect(known.terraform.releases[0]?.rendered).toBe('test v1');
    const unknown = await rendered(release('var.tag'));
    expect(unknown.asked).toEqual([]);
    expect(unknown.gaps[0]).toContain('what helm_release.web installs it with is not known: var.tag has no value');
  });

  it('inside others, and libraries, are rendered with whatever uses them', async () => {
    const { asked, gaps } = await rendered({
      ...CHART,
      'web/charts/sub/Chart.yaml': 'name: sub\n',
      'lib/Chart.yaml': 'name: lib\ntype: library\n',
    });
    expect(asked.map(({ folder }) => folder)).toEqual(['web']);
    expect(gaps).toEqual([]);
  });
});

describe('kustomizations', () => {
  it('stand for the files that they are made of', async () => {
    const { facts, asked } = await rendered({ ...KUSTOMIZATION, 'other.yaml': POD });
    expect(asked.map(({ program, folder }) => [program, folder])).toEqual([['kustomize', 'prod']]);
    expect([...(asked[0]?.files.keys() ?? [])]).toEqual(Object.keys(KUSTOMIZATION));
    expect(facts.kubernetes.map(({ path, rendered: by }) => [path, by])).toEqual([
      ['other.yaml', undefined],
      ['prod/kustomization.yaml', 'test v1'],
    ]);
    expect(facts.kustomization.map((fact) => fact.rendered)).toEqual(['test v1', 'test v1']);
  });

  it('leave their files where one that uses them is not built', async () => {
    const { facts } = await rendered({
      ...KUSTOMIZATION,
      'test/kustomization.yaml': 'resources: [../base, https://x.io/a.yaml]\n',
    });
    expect(facts.kubernetes.map(({ path }) => path)).toEqual(['base/pod.yaml', 'prod/kustomization.yaml']);
    expect(facts.kustomization.map(({ unrendered }) => unrendered)).toContain(
      'test/kustomization.yaml takes https://x.io/a.yaml, which is not in this tree',
    );
  });

  it.each([
    ['resources: [https://x.io/a.yaml]', 'takes https://x.io/a.yaml'],
    ['resources: [github.com/a/b]', 'takes github.com/a/b'],
    ['resources: [gone.yaml]', 'takes gone.yaml'],
    ['resources: [../../etc]', 'takes ../../etc'],
    ['bases: ["git@github.com:a/b"]', 'takes git@github.com:a/b'],
    ['components: [/abs]', 'takes /abs'],
    ['generators: [g.yaml]', 'calls what may run programs'],
    ['transformers: [t.yaml]', 'calls what may run programs'],
    ['validators: [v.yaml]', 'calls what may run programs'],
    ['helmCharts: [{name: nginx, repo: "https://x"}]', 'calls what may run programs or fetch charts'],
    ['patches: [{path: gone.yaml}]', 'reads gone.yaml'],
    ['secretGenerator: [{name: s, files: [../../../etc/shadow]}]', 'reads ../../../etc/shadow'],
    ['configMapGenerator: [{name: s, envs: [https://x/e]}]', 'reads https://x/e'],
    ['openapi: {path: gone.json}', 'reads gone.json'],
    ['configurations: [gone.yaml]', 'reads gone.yaml'],
    ['replacements: [{path: gone.yaml}]', 'reads gone.yaml'],
  ])('with %s are not built', async (line, why) => {
    const { facts, asked } = await rendered({ 'k/kustomization.yaml': `${line}\n`, 'k/g.yaml': '', 'k/t.yaml': '' });
    expect(asked).toEqual([]);
    expect(facts.kustomization[0]?.unrendered).toContain(why);
  });

  it('refuse the same thing deep below', async () => {
    const { asked } = await rendered({
      ...KUSTOMIZATION,
      'base/kustomization.yaml': 'resources: [https://x.io/a.yaml]\n',
    });
    expect(asked).toEqual([]);
  });
});
