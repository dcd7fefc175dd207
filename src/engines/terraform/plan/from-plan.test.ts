import { describe, expect, it } from 'vitest';
import { awsPlan, read } from '../../../../test/terraform/plans.ts';
import { fromPlan, mayBePlan } from './index.ts';

describe('recognition', () => {
  it('goes by content', () => {
    for (const text of [
      '',
      '{}',
      '[]',
      '{"format_version":"1.0"}',
      '{"format_version":"1.0","provider_schemas":{}}',
      '{"lineage":1,"resources":[]}',
      '{"version":4}',
      'resource "lineage" {}',
    ]) {
      expect(fromPlan('x.json', text), text).toBeUndefined();
    }
    expect(read('{"format_version":"1.0","values":{"root_module":{}}}').resources).toEqual([]);
    expect(read('\uFEFF{"version":4,"lineage":"x","resources":[]}').kind).toBe('state');
  });

  it('names what it cannot read', () => {
    expect(read(awsPlan().slice(0, -20)).problems).toMatchObject([{ severity: 'gap', reason: 'unparsed-file' }]);
    expect(read(awsPlan({ format_version: '2.0' })).problems[0]?.message).toContain('2.0');
    expect(read('{"version":3,"lineage":"x","resources":[]}').problems[0]?.message).toContain('version 3');
    expect(read('{"meta":{},"encrypted_data":"x","encryption_version":"v0"}').problems[0]?.message).toContain(
      'encrypted',
    );
  });

  it('survives hostile shapes', () => {
    const resource = { address: 'a_b.c', mode: 'managed', type: 'a_b', name: 'c' };
    const values = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"hasOwnProperty":"x"}') as unknown;
    const plan = read(
      JSON.stringify({
        format_version: '1.0',
        planned_values: { root_module: { resources: [{ ...resource, values }, 7, null, {}] } },
      }),
    );
    expect(plan.resources).toHaveLength(1);
    expect([...(plan.resources[0]?.values.entries.keys() ?? [])].sort()).toEqual([
      '__proto__',
      'constructor',
      'hasOwnProperty',
    ]);
    expect(Object.prototype).not.toHaveProperty('polluted');
    const deep = `{"format_version":"1.0","planned_values":{"root_module":{"resources":[{"address":"a_b.c","type":"a_b","name":"c","values":{"x":${'['.repeat(5000)}${']'.repeat(5000)}}}]}}}`;
    expect(read(deep).resources[0]?.values.entries.get('x')?.kind).toBe('list');
    const modules = `{"format_version":"1.0","planned_values":{"root_module":${'{"child_modules":['.repeat(2000)}{}${']}'.repeat(2000)}}}`;
    expect(read(modules).problems).toMatchObject([{ reason: 'out-of-budget' }]);
    for (const changes of [3, [3], [{ address: 'a_b.c', change: { after_unknown: [true] } }]]) {
      const text = JSON.stringify({
        format_version: '1.0',
        planned_values: { root_module: { resources: [resource] } },
        resource_changes: changes,
      });
      expect(read(text).resources).toHaveLength(1);
    }
  });

  it('looks at the beginning first', () => {
    expect(mayBePlan('terraform show "lineage"')).toBe(false);
    expect(mayBePlan('  {"lineage": "x"}')).toBe(true);
  });
});
