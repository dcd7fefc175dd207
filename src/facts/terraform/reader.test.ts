import { describe, expect, it } from 'vitest';
import { terraformReader } from './reader.ts';

const tools = { paths: new Set<string>() };

describe('terraformReader', () => {
  it('selects configurations of Terraform and OpenTofu, native and JSON', () => {
    const selects = (path: string): boolean => terraformReader.selects(path, tools.paths);
    expect(['main.tf', 'a/b.tofu', 'x.tf.json', 'x.tofu.json'].filter(selects)).toHaveLength(4);
    expect(['x.tfvars', '.hidden.tf', 'a/.terraform/modules/x/main.tf', 'tf.json'].filter(selects)).toEqual([]);
  });

  it('keeps the good blocks of a broken file and names the range', async () => {
    const text = 'resource "a" "b" {\n  x = 1\n}\n\nresource "c" "d" {\n  y = [1,\n}\n\nlocals {\n  z = 2\n}\n';
    const { facts, unread } = await terraformReader.read({ path: 'main.tf', text }, tools);
    expect(facts[0]?.file.body.blocks.map((block) => block.type)).toEqual(
      expect.arrayContaining(['resource', 'locals']),
    );
    expect(unread[0]).toMatchObject({ reason: 'unparsed-file', path: 'main.tf', at: { path: 'main.tf' } });
    expect(unread[0]?.at?.startLine).toBeGreaterThanOrEqual(5);
  });

  it('reads the JSON form', async () => {
    const { facts } = await terraformReader.read({ path: 'a.tf.json', text: '{"locals": {"x": 1}}' }, tools);
    expect(facts[0]?.file.body.blocks[0]?.type).toBe('locals');
  });
});
