import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTree } from '../../../lib/tree-views.ts';
import { Fingerprints } from '../../../verdict/fingerprint.ts';
import type { Context } from '../../context.ts';
import { worktree } from './worktree.ts';

const folder = join(import.meta.dirname, '../../../../rules/secrets');
const secretRules = readdirSync(folder)
  .filter((name) => name.endsWith('.toml'))
  .map((name) => ({ path: name, text: readFileSync(join(folder, name), 'utf8') }));

const token = fc
  .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('')), {
    minLength: 36,
    maxLength: 36,
  })
  .map((letters) => ['gh', 'p_', ...letters].join(''))
  .filter((text) => new Set(text).size > 20);

async function fingerprintsOf(text: string): Promise<string[]> {
  const tree = textTree('t', new Map([['app.env', text]]));
  const { counterexamples } = await worktree.judge({ tree, repository: tree, secretRules } as unknown as Context);
  const fingerprints = new Fingerprints('code/leaked-secrets', 'worktree');
  return counterexamples.map((one) => fingerprints.ofCounterexample(one));
}

describe('the fingerprint of a secret', () => {
  it('does not change with blank lines above it, and changes with the secret', async () => {
    await fc.assert(
      fc.asyncProperty(token, token, fc.integer({ min: 1, max: 30 }), async (one, other, lines) => {
        const [before, ...none] = await fingerprintsOf(`GITHUB_TOKEN=${one}\n`);
        expect(before).toMatch(/^[0-9a-f]{16}$/);
        expect(none).toEqual([]);
        expect(await fingerprintsOf(`${'\n'.repeat(lines)}GITHUB_TOKEN=${one}\n`)).toEqual([before]);
        if (one !== other) expect(await fingerprintsOf(`GITHUB_TOKEN=${other}\n`)).not.toContain(before);
      }),
      { numRuns: 25 },
    );
  });

  it('is another for another secret on the same line, and stays what it was', async () => {
    await fc.assert(
      fc.asyncProperty(token, token, async (one, other) => {
        fc.pre(one !== other);
        const [alone] = await fingerprintsOf(`GITHUB_TOKEN=${one}\n`);
        const both = await fingerprintsOf(`GITHUB_TOKEN=${one} GH_TOKEN=${other}\n`);
        expect(new Set(both).size).toBe(2);
        expect(both).toContain(alone);
      }),
      { numRuns: 15 },
    );
  });
});
