import { describe, expect, it } from 'vitest';
import { findGates } from './find-gates.ts';
import { factsOfTexts, requiring, RULES, workflowOf } from '../../../test/gate-facts.ts';

const W = '.github/workflows/ci.yml';
const STEPS = '- run: gitleaks dir .';

async function required(
  workflow: string,
  rules: Readonly<Record<string, string>>,
  branch: string | undefined = 'main',
) {
  const { facts } = await factsOfTexts({ [W]: workflow, ...rules });
  const [gate] = findGates(facts, branch);
  return gate?.parts.required;
}

function ruleset(overrides: object = {}, ...checks: readonly string[]): string {
  const rules = [
    { type: 'required_status_checks', parameters: { required_status_checks: checks.map((context) => ({ context })) } },
  ];
  return JSON.stringify({
    name: 'r',
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules,
    ...overrides,
  });
}

describe('rules', () => {
  it.each([
    [{}, 'undecided'],
    [{ [RULES]: requiring('scan') }, 'yes'],
    [{ [RULES]: requiring('other') }, 'no'],
    [{ [RULES]: requiring() }, 'no'],
    [{ 'a.json': ruleset({}, 'scan') }, 'yes'],
    [{ 'a.json': ruleset({ enforcement: 'evaluate' }, 'scan') }, 'no'],
    [{ 'a.json': ruleset({ enforcement: 'disabled' }, 'scan') }, 'no'],
    [{ 'a.json': ruleset({ target: 'tag' }, 'scan') }, 'no'],
    [
      { 'a.json': ruleset({ conditions: { ref_name: { include: ['~ALL'], exclude: ['refs/heads/main'] } } }, 'scan') },
      'no',
    ],
    [{ 'a.json': ruleset({ conditions: { ref_name: { include: ['refs/heads/m*'], exclude: [] } } }, 'scan') }, 'yes'],
    [{ 'a.json': ruleset({}, 'other'), 'b.json': ruleset({}, 'scan') }, 'yes'],
    [{ 'a.json': ruleset({ source: 'o/a' }, 'scan'), 'b.json': ruleset({ source: 'o/b' }, 'scan') }, 'undecided'],
    [{ 'a.json': ruleset({ source: 'o/a' }, 'x'), 'b.json': ruleset({ source: 'o/b' }, 'y') }, 'undecided'],
  ])('%j: %s', async (rules, expected) => {
    expect((await required(workflowOf({ steps: STEPS }), rules))?.answer).toBe(expected);
  });

  it('says which branch is not known', async () => {
    const rules = {
      'a.json': ruleset({ conditions: { ref_name: { include: ['refs/heads/develop'], exclude: [] } } }, 'scan'),
    };
    const { facts } = await factsOfTexts({ [W]: workflowOf({ steps: STEPS }), ...rules });
    expect(findGates(facts, undefined)[0]?.parts.required).toMatchObject({
      answer: 'undecided',
      why: expect.stringContaining('develop') as string,
    });
    expect(findGates(facts, 'develop')[0]?.parts.required.answer).toBe('yes');
    expect(findGates(facts, 'main')[0]?.parts.required.answer).toBe('no');
  });

  it('is undecided where Terraform leaves the branches or the checks open', async () => {
    const tf = (include: string, check: string): string =>
      `resource "github_repository_ruleset" "r" {\n  target = "branch"\n  enforcement = "active"\n  conditions {\n    ref_name {\n      include = ${include}\n      exclude = []\n    }\n  }\n  rules {\n    required_status_checks {\n      required_check {\n        context = ${check}\n      }\n    }\n  }\n}\n`;
    const workflow = workflowOf({ steps: STEPS });
    expect((await required(workflow, { 'r.tf': tf('["~DEFAULT_BRANCH"]', '"scan"') }))?.answer).toBe('yes');
    expect((await required(workflow, { 'r.tf': tf('["~DEFAULT_BRANCH"]', 'var.check') }))?.answer).toBe('undecided');
    expect((await required(workflow, { 'r.tf': tf('var.branches', '"scan"') }))?.answer).toBe('undecided');
  });
});

describe('names of checks', () => {
  it.each([
    ['name: Secret scan', 'Secret scan', 'yes'],
    ['name: Secret scan', 'scan', 'no'],
    ['name: scan ${{ matrix.x }}', 'scan a', 'undecided'],
    ['strategy: {matrix: {x: [a, b]}}', 'scan (a)', 'yes'],
    ['strategy: {matrix: {x: [a, b]}}', 'scanner (a)', 'no'],
    ['', 'scan (a)', 'no'],
  ])('%s as %s: %s', async (job, check, expected) => {
    expect((await required(workflowOf({ job, steps: STEPS }), { [RULES]: requiring(check) }))?.answer).toBe(expected);
  });
});

describe('jobs that it needs', () => {
  const build = 'build:\n  runs-on: x\n  steps: []';
  it.each([
    ['needs: build', build, ['scan'], 'no'],
    ['needs: build', build, ['scan', 'build'], 'yes'],
    ['needs: build\nif: always()', build, ['scan'], 'yes'],
    ['needs: build\nif: "!cancelled()"', build, ['scan'], 'yes'],
    ['needs: build\nif: "!failure() && !cancelled()"', build, ['scan'], 'no'],
    ['needs: build', `${build}\n  needs: deep\ndeep:\n  runs-on: x\n  steps: []`, ['scan', 'build'], 'no'],
    ['needs: build', `${build}\n  needs: deep\ndeep:\n  runs-on: x\n  steps: []`, ['scan', 'build', 'deep'], 'yes'],
  ])('%j with %j and %j required: %s', async (job, jobs, checks, expected) => {
    expect((await required(workflowOf({ job, steps: STEPS, jobs }), { [RULES]: requiring(...checks) }))?.answer).toBe(
      expected,
    );
  });
});

describe('jobs that collect', () => {
  const all = (keys: string, steps: string): string =>
    `all:\n  runs-on: x\n${keys
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}\n  steps:\n${steps
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n')}`;
  const green = '- uses: re-actors/alls-green@v1\n  with: {jobs: "${{ toJSON(needs) }}"}';
  it.each([
    ['needs: [scan]\nif: always()', green, 'yes'],
    ['needs: [scan]', green, 'no'],
    ['needs: [scan]\nif: success()', green, 'no'],
    ['needs: [scan]\nif: always()', `${green}\n- run: echo`, 'yes'],
    [
      'needs: [scan]\nif: always()',
      '- uses: re-actors/alls-green@v1\n  with: {allowed-failures: scan, jobs: x}',
      'undecided',
    ],
    ['needs: [scan]\nif: always()', "- if: contains(needs.*.result, 'failure')\n  run: exit 1", 'yes'],
    ['needs: [scan]\nif: "!cancelled()"', "- if: needs.scan.result != 'success'\n  run: exit 1", 'yes'],
    ['needs: [scan]\nif: failure()', '- run: exit 1', 'yes'],
    ["needs: [scan]\nif: always() && contains(needs.*.result, 'failure')", '- run: exit 1', 'yes'],
    ["needs: [scan]\nif: always() && !contains(needs.*.result, 'failure')", '- run: exit 1', 'no'],
    ['needs: [scan]\nif: always()', '- if: failure()\n  run: exit 1', 'undecided'],
    ['needs: [scan]\nif: always()', "- if: contains(needs.*.result, 'failure')\n  run: echo bad", 'undecided'],
    ['needs: [scan]\nif: always()', '- run: \'[ "${{ needs.scan.result }}" = success ]\'', 'undecided'],
    [
      'needs: [scan, other]\nif: always()',
      "- if: ${{ !contains(needs.*.result, 'success') }}\n  run: exit 1",
      'undecided',
    ],
  ])('%j %j: %s', async (keys, steps, expected) => {
    const jobs = `other:\n  runs-on: x\n  steps: []\n${all(keys, steps)}`;
    expect((await required(workflowOf({ steps: STEPS, jobs }), { [RULES]: requiring('all') }))?.answer).toBe(expected);
  });

  it('sees that a job between them is skipped, which is no failure', async () => {
    const jobs = `between:\n  needs: scan\n  runs-on: x\n  steps: []\n${all('needs: [between]\nif: always()', "- if: contains(needs.*.result, 'failure')\n  run: exit 1")}`;
    expect((await required(workflowOf({ steps: STEPS, jobs }), { [RULES]: requiring('all') }))?.answer).toBe(
      'undecided',
    );
  });

  it('follows the caller of a reusable workflow to a job beside it', async () => {
    const called = 'on: workflow_call\njobs:\n  inner:\n    runs-on: x\n    steps:\n      - run: gitleaks dir .\n';
    const caller = `on: pull_request\njobs:\n  outer:\n    uses: ./.github/workflows/scan.yml\n  all:\n    needs: [outer]\n    if: always()\n    runs-on: x\n    steps:\n      - uses: re-actors/alls-green@v1\n`;
    expect((await required(caller, { '.github/workflows/scan.yml': called, [RULES]: requiring('all') }))?.answer).toBe(
      'yes',
    );
  });
});
