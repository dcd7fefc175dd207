import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config/read-config.ts';
import { findGates } from '../src/engines/gates/find-gates.ts';
import { collectFacts } from '../src/facts/collect.ts';
import { textTree } from '../src/lib/tree-views.ts';
import { buildProgram } from '../src/surfaces/cli/program.ts';
import { EXPECTED } from './story-table.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function example(name: string): string {
  const text = new RegExp(`<!-- example: ${name} -->\\n+\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1];
  if (text === undefined) throw new Error(`the README has no example ${name}`);
  return text;
}

describe('the README', () => {
  it('shows a config that is valid', async () => {
    expect(await readConfig(textTree('readme', new Map([['fourproof.yaml', example('config')]])))).toMatchObject({
      ok: true,
    });
  });

  it('shows a workflow that is a gate once its check is required', async () => {
    const rules = JSON.stringify([
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'fourproof' }] } },
    ]);
    const tree = textTree(
      'readme',
      new Map([
        ['.github/workflows/fourproof.yml', example('workflow')],
        ['.github/branch-rules.json', rules],
      ]),
    );
    const [gate] = findGates(await collectFacts(tree), 'main');
    expect(gate?.stops).toMatchObject({ answer: 'yes' });
  });

  it('names every command and option that there is, and no others', () => {
    const commands = buildProgram().commands.map((command) => command.name());
    const named = [...README.matchAll(/^\| `fourproof (\w+)/gm)].map((match) => match[1]);
    expect(named).toEqual(commands);
  });

  it('links to files that exist', () => {
    const links = [...README.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });

  it('says what this version decides as the story table has it', () => {
    const decided = Object.keys(EXPECTED.insecure).filter(
      (threat) => !EXPECTED.insecure[threat]?.startsWith('unknown'),
    );
    for (const threat of Object.keys(EXPECTED.insecure)) {
      const line = README.split('\n').find(
        (row) => row.startsWith('|') && row.includes(`docs/threats/${threat.replace('/', '-')}.md`),
      );
      expect(line?.includes('| decided'), threat).toBe(decided.includes(threat));
    }
  });
});
