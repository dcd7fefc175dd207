import { describe, expect, it } from 'vitest';
import { evaluated } from '../../../../test/terraform/evaluated.ts';
import { CONFIGURATION, recorded, shown, valueOf } from '../../../../test/terraform/plans.ts';
import type { SourceLocation } from '../../../model/index.ts';

const ADDRESSES = [
  'module.each["p/q"].terraform_data.this',
  'module.each["r\\"s"].terraform_data.this',
  'terraform_data.first',
  'terraform_data.second[0]',
  'terraform_data.second[1]',
];

describe('what Terraform wrote', () => {
  it.each(['plan.json', 'state.json', 'terraform.tfstate'] as const)(
    '%s has the same resources as the configuration',
    (name) => {
      const { plan } = recorded(name);
      const ours = evaluated(CONFIGURATION, {}, 'infra');
      expect(plan.kind).toBe(name === 'plan.json' ? 'plan' : 'state');
      expect(plan.resources.map(({ address }) => address).sort()).toEqual(ADDRESSES);
      expect(ours.resources.map(({ address }) => address).sort()).toEqual(ADDRESSES);
      expect(plan.problems).toEqual([]);
      expect(plan.modules.map(({ address }) => address)).toEqual(['', 'module.each["p/q"]', 'module.each["r\\"s"]']);
      for (const address of ADDRESSES) {
        const known =
          plan.kind === 'state' && address.includes('second')
            ? { fixed: `n-${address.at(-2)}`, secret: 'correct horse' }
            : shown(ours, address, 'input');
        expect(shown(plan, address, 'input'), address).toMatchObject(known as object);
      }
      expect(plan.resources.find(({ address }) => address === 'terraform_data.second[1]')).toMatchObject({
        key: 1,
        mode: 'managed',
        type: 'terraform_data',
        name: 'second',
        module: '',
        provider: { address: 'terraform' },
      });
      expect(
        plan.resources.find(({ key, module }) => key === undefined && module === 'module.each["p/q"]'),
      ).toBeDefined();
    },
  );

  it('a plan knows what is not yet known, down to the element', () => {
    const { plan } = recorded('plan.json');
    expect(shown(plan, 'terraform_data.second[0]', 'input')).toEqual({
      fixed: 'n-0',
      id: { $unknown: true },
      secret: 'correct horse',
    });
    expect(shown(plan, 'terraform_data.second[0]', 'triggers_replace')).toEqual([{ $unknown: true }, 'b']);
    expect(valueOf(plan, 'terraform_data.first', 'id')).toMatchObject({
      kind: 'unknown',
      why: 'terraform_data.first.id is known after apply',
    });
    expect(plan.outputs.get('later')).toMatchObject({ kind: 'unknown' });
    expect(plan.outputs.get('known')).toMatchObject({ kind: 'string', value: 'p/q' });
  });

  it('a state knows everything', () => {
    for (const name of ['state.json', 'terraform.tfstate'] as const) {
      const { plan } = recorded(name);
      const id = valueOf(plan, 'terraform_data.first', 'id');
      const input = shown(plan, 'terraform_data.second[0]', 'input');
      expect(id?.kind).toBe('string');
      expect(input).toMatchObject({ id: id?.kind === 'string' ? id.value : '' });
    }
  });

  it('keeps the marks of what is sensitive', () => {
    for (const name of ['plan.json', 'state.json'] as const) {
      const input = valueOf(recorded(name).plan, 'terraform_data.second[0]', 'input');
      expect(input?.kind === 'object' && input.entries.get('secret')?.sensitive).toBe(true);
      expect(input?.kind === 'object' && input.entries.get('fixed')?.sensitive).toBeUndefined();
    }
    expect(valueOf(recorded('terraform.tfstate').plan, 'terraform_data.second[0]', 'input')?.sensitive).toBe(true);
    for (const name of ['plan.json', 'state.json', 'terraform.tfstate'] as const) {
      expect(recorded(name).plan.outputs.get('hidden')?.sensitive).toBe(true);
    }
  });

  it('has the places of the JSON', () => {
    const { plan, text } = recorded('terraform.tfstate');
    const lines = text.split('\n');
    for (const { headAt, places, type } of plan.resources) {
      expect(lines[headAt.startLine - 1]).toContain(`"type": "${type}"`);
      for (const [name, at] of places) {
        expect(lines[at.startLine - 1]?.slice(at.startColumn - 1, at.endColumn - 1)).toBe(`"${name}"`);
      }
    }
    const flat = recorded('plan.json');
    const cut = (at: SourceLocation | undefined) =>
      flat.text.split('\n')[(at?.startLine ?? 0) - 1]?.slice((at?.startColumn ?? 0) - 1, (at?.endColumn ?? 0) - 1);
    const second = flat.plan.resources.find(({ address }) => address === 'terraform_data.second[1]');
    expect(cut(second?.headAt)).toBe('"address": "terraform_data.second[1]"');
    const at = second?.places.get('input');
    expect(cut(at)).toBe('"input"');
    expect(valueOf(flat.plan, 'terraform_data.second[1]', 'input')?.origin.at).toEqual(at);
  });
});
