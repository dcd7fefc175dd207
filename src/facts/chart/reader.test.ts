import { describe, expect, it } from 'vitest';
import { chartReader, isInChart } from './reader.ts';

const tools = { paths: new Set<string>() };

describe('chartReader', () => {
  it('reads name and version, and says that the chart is not rendered', async () => {
    const { facts, unread } = await chartReader.read(
      {
        path: 'deploy/web/Chart.yaml',
        text: 'apiVersion: v2\nname: web\nversion: 1.2.3\ndependencies: [{name: redis}]\n',
      },
      tools,
    );
    expect(facts).toEqual([
      {
        path: 'deploy/web/Chart.yaml',
        folder: 'deploy/web',
        name: 'web',
        version: '1.2.3',
        isLibrary: false,
        dependencies: ['redis'],
      },
    ]);
    expect(unread[0]).toMatchObject({ reason: 'unrendered-template', closes: 'fourproof verify --render' });
  });

  it('takes a broken chart, and one at the root', async () => {
    const { facts, unread } = await chartReader.read({ path: 'Chart.yaml', text: 'name: [}' }, tools);
    expect(facts).toEqual([{ path: 'Chart.yaml', folder: '.', isLibrary: false, dependencies: [] }]);
    expect(unread).toHaveLength(1);
  });
});

describe('isInChart', () => {
  const paths = new Set(['a/Chart.yaml', 'a/charts/b/Chart.yaml']);
  it.each([
    ['a/templates/x.yaml', true],
    ['a/templates/deep/x.yaml', true],
    ['a/values.yaml', true],
    ['a/values-prod.yaml', true],
    ['a/crds/x.yaml', true],
    ['a/charts/b/templates/x.yaml', true],
    ['a/other/x.yaml', false],
    ['a/ci.yaml', false],
    ['templates/x.yaml', false],
    ['b/templates/x.yaml', false],
  ])('%s: %s', (path, expected) => {
    expect(isInChart(path, paths)).toBe(expected);
  });

  it('knows a chart at the root', () => {
    expect(isInChart('templates/x.yaml', new Set(['Chart.yaml']))).toBe(true);
  });
});
