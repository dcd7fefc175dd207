import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherParser } from '../../../test/terraform/hcl-grammar.ts';
import { readHcl } from './parse-hcl.ts';

/** What `terraform fmt` 1.11.4 said of each text; where a binary is on the machine it is asked again. */
const RECORDED: readonly (readonly [text: string, isAccepted: boolean])[] = [
  ['a = 1\n', true],
  ['a = 1', true],
  ['a = <<E\nx\nE\n', true],
  ['a = <<E\nx\nE', false],
  ['a = <<E \nx\nE\n', false],
  ['a = <<E\nx\n  E  \n', true],
  ['a = x.0\n', true],
  ['a = x.0.1\n', false],
  ['a = x.0.e0\n', false],
  ['a = x.0.f0\n', true],
  ['a = x.*.y.0\n', true],
  ['a = x.*.*\n', false],
  ['a = x[*].y[*]\n', true],
  ['a {}\n', true],
  ['a { b = 1 }\n', true],
  ['a { b {} }\n', false],
  ['a { b = 1\n}\n', false],
  ['a {\n b = 1 }\n', false],
  ['a {} b {}\n', false],
  ['a "x" y "z" {\n}\n', true],
  ['a "${x}" {\n}\n', false],
  ['a\n{\n}\n', false],
  ['a = 1\na = 2\n', false],
  ['a = "x\ny"\n', false],
  ['a = "\\q"\n', false],
  ['a = "\\u00e9 \\U0001F600"\n', true],
  ['a = "\\ud800"\n', false],
  ['a = {\n b = 1,\n c = 2\n}\n', true],
  ['a = { b = 1 c = 2 }\n', false],
  ['a = { b = 1\n, c = 2 }\n', false],
  ['a = { b\n = 1 }\n', false],
  ['a = { (b) : 1 }\n', true],
  ['a = [1,,2]\n', false],
  ['a = f(1,)\n', true],
  ['a = f(,)\n', false],
  ['a = f(b...)\n', true],
  ['a = f(b...,)\n', false],
  ['a = p::f(1)\n', true],
  ['a = p::f\n', false],
  ['a = 1e3\n', true],
  ['a = 1.\n', false],
  ['a = .5\n', false],
  ['a = 0x1F\n', false],
  ['a = b ? c : d\n', true],
  ['a = b ?\n c : d\n', false],
  ['a = (b ?\n c : d)\n', true],
  ['a = b\n  + c\n', false],
  ['a = [for x in y : x]\n', true],
  ['a = [for x in y : x => x]\n', false],
  ['a = {for x in y : x}\n', false],
  ['a = [for x in y : x...]\n', false],
  ['a = "%{ if x }%{ else }%{ endif }"\n', true],
  ['a = "%{ if x }%{ else }%{ else }%{ endif }"\n', false],
  ['a = "%{ endfor }"\n', false],
  ['a = "%{ foo }"\n', false],
  ['a = "${}"\n', false],
  ['a = "${x ~}"\n', true],
  ['a = "${x ~ }"\n', false],
  ['/* a */ b = 1 // c\n', true],
  ['/* a\n', false],
  ['\ufeffa = 1\r\n', true],
  ['a = 1;\n', false],
  ["a = 'x'\n", false],
  ['a = b & c\n', false],
  ['a = !!b\n', true],
  ['a = - -1\n', true],
  ['é-1 = ü\n', true],
  ['1a = 1\n', false],
];

const HAS_TERRAFORM = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hcl-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The numbers of the texts that the binary on this machine refuses. */
function askTerraform(): ReadonlySet<number> {
  RECORDED.forEach(([text], index) => writeFileSync(join(folder, `t${index}.tf`), text));
  const config = join(folder, 'cli.tfrc');
  writeFileSync(config, '');
  const { stdout, stderr } = spawnSync(
    'terraform',
    ['fmt', '-no-color', '-check', '-write=false', '-list=false', folder],
    {
      encoding: 'utf8',
      env: { ...process.env, TF_CLI_CONFIG_FILE: config },
    },
  );
  return new Set([...`${stdout}${stderr}`.matchAll(/\bt(\d+)\.tf line/g)].map(([, index]) => Number(index)));
}

describe('what Terraform accepts', () => {
  it.each(RECORDED)('%j: %s', (text, isAccepted) => {
    expect(readHcl('a.tf', text).errors.length === 0).toBe(isAccepted);
  });

  it('is what was recorded', () => {
    const recorded = RECORDED.flatMap(([, isAccepted], index) => (isAccepted ? [] : [index]));
    expect(HAS_TERRAFORM ? [...askTerraform()].sort((a, b) => a - b) : recorded).toEqual(recorded);
  });
});

describe('another parser', () => {
  it('finds the same blocks and attributes in the examples', async () => {
    const root = join(import.meta.dirname, '../../../examples');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tf'));
    expect(files.length).toBeGreaterThan(5);
    const parser = await otherParser();
    for (const path of files) {
      const text = readFileSync(join(root, path), 'utf8');
      const { body, errors } = readHcl(path, text);
      const tree = parser.parse(text);
      const theirs = (tree?.rootNode.descendantsOfType(['attribute', 'block']) ?? []).map(
        (node) => `${node.type} ${node.startIndex}`,
      );
      const starts = lineStarts(text);
      const ours: string[] = [];
      const open = [body];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const { nameAt } of next.attributes)
          ours.push(`attribute ${(starts[nameAt.startLine - 1] ?? 0) + nameAt.startColumn - 1}`);
        for (const { at } of next.blocks) ours.push(`block ${(starts[at.startLine - 1] ?? 0) + at.startColumn - 1}`);
        open.push(...next.blocks.map((block) => block.body));
      }
      tree?.delete();
      expect(errors).toEqual([]);
      expect(ours.sort()).toEqual(theirs.sort());
    }
  });
});

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
