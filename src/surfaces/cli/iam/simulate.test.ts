import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CommandFailure } from '../exit.ts';
import { simulateCommand } from './simulate-command.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../../docs/iam.md'), 'utf8');

/** What the command prints about a text, with its file called request.json. */
async function simulate(text: string, format: 'text' | 'json' = 'text'): Promise<{ out: string; err: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fourproof-iam-'));
  const file = join(folder, 'request.json');
  const printed = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((printed.out += String(chunk)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((printed.err += String(chunk)), true));
  try {
    writeFileSync(file, text);
    expect(await simulateCommand(file, { format })).toBe(0);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    printed.err += `${error.exitCode}: ${error.message}`;
  } finally {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  }
  return { out: printed.out.replaceAll(file, 'request.json'), err: printed.err.replaceAll(file, 'request.json') };
}

afterEach(() => vi.restoreAllMocks());

describe('docs/iam.md', () => {
  const blocks = [...DOCS.matchAll(/```(json|text)\n([\s\S]*?)```/g)].map(([, kind = '', text = '']) => ({
    kind,
    text,
  }));
  const examples = blocks.flatMap((block, index) => {
    const answer = blocks[index + 1];
    return block.text.includes('"request"') && answer !== undefined ? [{ input: block.text, answer }] : [];
  });

  it('has examples', () => {
    expect(examples).toHaveLength(3);
  });

  it.each(examples)('shows what the command answers: $answer.kind', async ({ input, answer }) => {
    const { out, err } = await simulate(input, answer.kind === 'json' ? 'json' : 'text');
    expect([out, err]).toEqual([answer.text, '']);
  });
});

describe('fourproof iam simulate', () => {
  it('warns about actions that no service has', async () => {
    const { out, err } = await simulate(
      JSON.stringify({
        request: { principal: 'arn:aws:iam::111122223333:root', action: 's3:GetObjekt' },
      }),
    );
    expect(out).toBe('Allowed\n');
    expect(err).toMatch(/^warning: no service has the action s3:GetObjekt \(data of \d{4}-\d\d-\d\d\)\n$/);
  });

  it('names every problem with its place, and decides nothing', async () => {
    const { out, err } = await simulate(
      '{\n "request": {"principal": "*", "action": "s3:*"},\n "identityPolicy": [],\n "identityPolicies": [{"Statement": {"Effect": "Allow"}}]\n}',
    );
    expect(out).toBe('');
    expect(err.split('\n').map((line) => line.replace(/ expected one of .*/, ''))).toEqual([
      '2: request.json:3:2: there is no identityPolicy:',
      'request.json:2:42: action must be one action, as s3:GetObject',
      'request.json:4:37: a statement must have an Action or NotAction',
    ]);
  });

  it('says that a file is not there, and prints no control characters', async () => {
    await expect(simulateCommand('/nowhere/request.json', { format: 'text' })).rejects.toThrow(/cannot read/);
    const { out } = await simulate(
      JSON.stringify({
        request: { principal: 'arn:aws:iam::111122223333:user/a', action: 's3:GetObject' },
        identityPolicies: { name: 'x\u001b[31m', policy: { Statement: { Effect: 'Deny', Action: '*' } } },
      }),
    );
    expect(out).not.toContain('\u001b');
  });
});
