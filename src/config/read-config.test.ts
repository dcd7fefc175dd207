import { describe, expect, it } from 'vitest';
import { textTree } from '../lib/tree-views.ts';
import { readConfig } from './read-config.ts';

function read(text: string) {
  return readConfig(textTree('t', new Map([['fourproof.yaml', text]])));
}

async function errorsOf(text: string): Promise<string[]> {
  const reading = await read(text);
  return reading.ok
    ? []
    : reading.errors.map(({ message, at }) => `${at?.startLine ?? 0}:${at?.startColumn ?? 0} ${message}`);
}

describe('readConfig', () => {
  it('declares nothing where there is no file, or an empty one', async () => {
    const nothing = { ok: true, config: { declared: {}, decisions: { acceptances: [], dismissals: [] } } };
    expect(await readConfig(textTree('t', new Map()))).toEqual(nothing);
    expect(await read('# nothing yet\n')).toEqual(nothing);
    expect(await read('{}')).toEqual(nothing);
  });

  it('reads products, declarations and decisions with their places', async () => {
    const reading = await read(`products:
  - {name: shop, paths: [services, deploy]}
allowedBaseImages: ["docker.io/library/node:*"]
defaultBranch: trunk
acceptances:
  - {fingerprint: 0123456789abcdef, reason: later, owner: platform, expires: 2027-01-31}
dismissals:
  - {fingerprint: fedcba9876543210, reason: a test, owner: shop}
`);
    expect(reading).toMatchObject({
      ok: true,
      config: {
        products: [{ name: 'shop', paths: ['services', 'deploy'] }],
        declared: { allowedBaseImages: ['docker.io/library/node:*'], defaultBranch: 'trunk' },
        decisions: {
          acceptances: [{ expires: '2027-01-31', at: { startLine: 6 } }],
          dismissals: [{ owner: 'shop', at: { startLine: 8 } }],
        },
      },
    });
  });

  it('points at line and column of every error', async () => {
    expect(await errorsOf('status: mitigated\n')).toEqual(['1:1 Unrecognized key: "status"']);
    expect(await errorsOf('defaultBranch: [a]\n')).toEqual([expect.stringMatching(/^1:\d+ defaultBranch: /)]);
    expect(
      await errorsOf('acceptances:\n  - fingerprint: xyz\n    reason: r\n    owner: o\n    expires: tomorrow\n'),
    ).toEqual([
      '2:18 acceptances.0.fingerprint: a fingerprint has 16 hex digits',
      expect.stringMatching(/^5:14 acceptances.0.expires: a day is written YYYY-MM-DD/),
    ]);
    expect(await errorsOf('acceptances:\n  - {fingerprint: 0123456789abcdef, reason: r, owner: o}\n')).toEqual([
      expect.stringMatching(/^2:\d+ acceptances.0.expires: /),
    ]);
    expect(await errorsOf('a: [1\n')).toEqual([expect.stringMatching(/^\d+:\d+ /)]);
    expect(await errorsOf('a: &a [*a]\n')).toHaveLength(1);
    expect(await errorsOf('defaultBranch: a\n---\ndefaultBranch: b\n')).toEqual(['3:1 more than one document']);
    expect(await errorsOf('products:\n  - {name: a, paths: [x]}\n  - {name: a, paths: [y]}\n')).toEqual([
      expect.stringContaining('two products have the same name'),
    ]);
    expect(await errorsOf('- a\n')).toHaveLength(1);
  });
});
