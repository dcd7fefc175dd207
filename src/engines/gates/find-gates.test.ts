import { describe, expect, it } from 'vitest';
import { findGates } from './find-gates.ts';
import { localPath } from './jobs.ts';
import { factsOfTexts, requiring, RULES, workflowOf } from '../../../test/gate-facts.ts';

const W = '.github/workflows/ci.yml';
const GATE = '- run: gitleaks dir .';

async function gates(workflow: string, more: Readonly<Record<string, string>> = { [RULES]: requiring('scan') }) {
  const { facts } = await factsOfTexts({ [W]: workflow, ...more });
  return findGates(facts, 'main');
}

/** `runs fails required -> stops` of the first gate. */
async function parts(workflow: string, more?: Readonly<Record<string, string>>): Promise<string> {
  const [gate] = await gates(workflow, more);
  if (gate === undefined) return 'no gate';
  const { runs, fails, required } = gate.parts;
  return `${runs.answer} ${fails.answer} ${required.answer} -> ${gate.stops.answer}`;
}

describe('when a gate runs', () => {
  it.each([
    ['pull_request', 'yes yes yes -> yes'],
    ['[push, pull_request]', 'yes yes yes -> yes'],
    ['merge_group', 'yes yes yes -> yes'],
    // Required and never started: such a change stays pending, and nobody can say that it is merged.
    ['{pull_request: {branches: [develop]}}', 'undecided yes yes -> undecided'],
    ['{push: {branches: [main]}}', 'undecided yes yes -> undecided'],
    ['push', 'undecided yes yes -> undecided'],
    ['schedule', 'undecided yes yes -> undecided'],
  ])('on %s: %s', async (on, expected) => {
    expect(await parts(workflowOf({ on, steps: GATE }))).toBe(expected);
  });

  it.each([
    ['{push: {branches: [main]}}', 'no'],
    ['push', 'undecided'],
    ['{push: {branches: ["**"]}}', 'undecided'],
    ['{push: {tags: [v1]}}', 'no'],
    ['workflow_dispatch', 'no'],
    ['pull_request_target', 'undecided'],
  ])('on %s and not required: %s', async (on, expected) => {
    const [gate] = await gates(workflowOf({ on, steps: GATE }), {});
    expect(gate?.parts.runs.answer).toBe(expected);
  });

  it('says that pull_request_target checks out the base', async () => {
    const [base] = await gates(
      workflowOf({ on: 'pull_request_target', steps: `- uses: actions/checkout@v4\n${GATE}` }),
      {},
    );
    expect(base?.parts.runs).toMatchObject({
      answer: 'no',
      why: expect.stringContaining('checks out the base') as string,
    });
    const [head] = await gates(
      workflowOf({
        on: 'pull_request_target',
        steps: `- uses: actions/checkout@v4\n  with: {ref: "\${{ github.event.pull_request.head.sha }}"}\n${GATE}`,
      }),
      {},
    );
    expect(head?.parts.runs.answer).toBe('undecided');
  });

  it.each([
    ["if: github.event_name == 'push'", 'no'],
    ["if: github.event_name == 'pull_request'", 'yes'],
    ["if: github.actor != 'dependabot[bot]'", 'undecided'],
    ['if: false', 'no'],
  ])('%s on job or step', async (condition, expected) => {
    const [onJob] = await gates(workflowOf({ job: condition, steps: GATE }));
    const [onStep] = await gates(workflowOf({ steps: `${GATE}\n  ${condition}` }));
    expect([onJob?.parts.runs.answer, onStep?.parts.runs.answer]).toEqual([expected, expected]);
  });

  it('is skipped with a job that it needs', async () => {
    const jobs = "first:\n  if: github.event_name == 'push'\n  runs-on: x\n  steps: []";
    const [gate] = await gates(workflowOf({ job: 'needs: first', steps: GATE, jobs }));
    expect(gate?.parts.runs.answer).toBe('no');
  });

  it('leaves the merge queue alone open where no rule says that there is one', async () => {
    const [gate] = await gates(
      workflowOf({ on: '[pull_request, merge_group]', job: "if: github.event_name == 'merge_group'", steps: GATE }),
    );
    expect(gate?.parts.runs.answer).toBe('undecided');
  });
});

describe('whether a finding fails the job', () => {
  it.each([
    [GATE, 'yes'],
    ['- run: gitleaks dir . || true', 'no'],
    ['- run: gitleaks dir . || exit 1', 'yes'],
    ['- run: |\n    set +e\n    gitleaks dir .\n    echo done', 'no'],
    ['- run: gitleaks dir . | tee out', 'no'],
    ['- run: gitleaks dir . | tee out\n  shell: bash', 'yes'],
    [
      '- id: s\n  run: gitleaks dir . || echo bad=1 >> $GITHUB_OUTPUT\n- if: steps.s.outputs.bad\n  run: exit 1',
      'undecided',
    ],
    ['- id: s\n  run: gitleaks dir . || echo bad=1 >> $GITHUB_OUTPUT\n- run: echo', 'no'],
    [`${GATE}\n  continue-on-error: true`, 'no'],
    [`${GATE}\n  continue-on-error: false`, 'yes'],
    [`${GATE}\n  continue-on-error: \${{ inputs.soft }}`, 'undecided'],
    [`${GATE}\n  id: s\n  continue-on-error: true\n- if: steps.s.outcome == 'failure'\n  run: exit 1`, 'yes'],
    [
      `${GATE}\n  id: s\n  continue-on-error: true\n- if: steps.s.outcome != 'success'\n  run: |\n    echo bad\n    exit 1`,
      'yes',
    ],
    [`${GATE}\n  id: s\n  continue-on-error: true\n- if: steps.s.conclusion == 'failure'\n  run: exit 1`, 'no'],
    [
      `${GATE}\n  id: s\n  continue-on-error: true\n- if: steps.s.outcome == 'failure' && github.event_name == 'push'\n  run: exit 1`,
      'undecided',
    ],
    [`${GATE}\n  id: s\n  continue-on-error: true\n- if: steps.s.outcome == 'failure'\n  run: echo bad`, 'undecided'],
    [`${GATE}\n  id: s\n  continue-on-error: true\n- run: '[ "\${{ steps.s.outcome }}" = success ]'`, 'undecided'],
    ['- uses: docker://zricethezav/gitleaks:v8\n  with: {args: dir . --exit-code 0}', 'no'],
    ['- uses: docker://zricethezav/gitleaks:v8\n  with: {args: dir .}', 'yes'],
  ])('%j: %s', async (steps, expected) => {
    const [gate] = await gates(workflowOf({ steps }));
    expect(gate?.parts.fails.answer).toBe(expected);
  });

  it('takes continue-on-error of the job', async () => {
    expect(await parts(workflowOf({ job: 'continue-on-error: true', steps: GATE }))).toBe('yes no yes -> no');
  });

  it('leaves uploads open where a rule asks for code scanning results', async () => {
    const zizmor = workflowOf({ steps: '- uses: zizmorcore/zizmor-action@v1' });
    expect(await parts(zizmor)).toBe('yes no yes -> no');
    const rules = JSON.stringify([
      { type: 'code_scanning', parameters: {} },
      { type: 'required_status_checks', parameters: { required_status_checks: [{ context: 'scan' }] } },
    ]);
    expect(await parts(zizmor, { [RULES]: rules })).toBe('yes undecided yes -> undecided');
  });
});

describe('where a gate stands', () => {
  it('has the line and column of its command', async () => {
    const workflow = workflowOf({
      steps:
        '- run: |\n    echo a\n    if true; then\n      trivy fs . &&\\\n        gitleaks dir .\n    fi\n- run: cd x && gitleaks dir .\n- run: "cd x && gitleaks dir ."',
    });
    const lines = workflow.split('\n');
    const found = await gates(workflow);
    const starts = found.map(({ call }) => lines[call.at.startLine - 1]?.slice(call.at.startColumn - 1));
    expect(starts).toEqual(['trivy fs . &&\\', 'gitleaks dir .', 'gitleaks dir .', 'gitleaks dir ."']);
    expect(found.map(({ call }) => call.at.endColumn - call.at.startColumn)).toEqual(
      [8, 14, 14, 14].map((length, index) => (index === 0 ? 'trivy fs .'.length : length)),
    );
  });

  it('is the whole scalar where lines are folded', async () => {
    const [gate] = await gates(workflowOf({ steps: '- run: >\n    echo a &&\n    gitleaks dir .' }));
    expect(gate?.call.at).toMatchObject({ startLine: 7, startColumn: 14 });
  });

  it('is judged under the callers of its reusable workflow, by the name of both jobs', async () => {
    const called = 'on: workflow_call\njobs:\n  inner:\n    runs-on: x\n    steps:\n      - run: gitleaks dir .\n';
    const caller = 'on: pull_request\njobs:\n  outer:\n    uses: ./.github/workflows/scan.yml\n';
    const files = { '.github/workflows/scan.yml': called, [RULES]: requiring('outer / inner') };
    expect(await parts(caller, files)).toBe('yes yes yes -> yes');
    expect(await gates(caller, files)).toHaveLength(1);
    expect(await parts(caller, { ...files, [RULES]: requiring('inner') })).toBe('yes yes no -> no');
  });

  it('is found in local composite actions, with the conditions and failures of the step that calls them', async () => {
    const action = 'runs:\n  using: composite\n  steps:\n    - run: gitleaks dir .\n      shell: bash\n';
    const files = { '.github/actions/scan/action.yml': action, [RULES]: requiring('scan') };
    const uses = '- uses: ./.github/actions/scan';
    expect(await parts(workflowOf({ steps: uses }), files)).toBe('yes yes yes -> yes');
    expect(await parts(workflowOf({ steps: `${uses}\n  continue-on-error: true` }), files)).toBe('yes no yes -> no');
    expect(await parts(workflowOf({ steps: `${uses}\n  if: github.event_name == 'push'` }), files)).toBe(
      'no yes yes -> no',
    );
    expect(
      await parts(
        workflowOf({
          steps: `${uses}\n  id: s\n  continue-on-error: true\n- if: steps.s.outcome == 'failure'\n  run: exit 1`,
        }),
        files,
      ),
    ).toBe('yes yes yes -> yes');
  });

  it('follows references to this repository in both forms', async () => {
    const action = 'runs:\n  using: composite\n  steps:\n    - run: gitleaks dir .\n      shell: bash\n';
    expect(
      await parts(workflowOf({ steps: '- uses: $/a/' }), { 'a/action.yml': action, [RULES]: requiring('scan') }),
    ).toBe('yes yes yes -> yes');
    expect(['./a/b', '$/a/b/', '$/./a/b', './', 'a/b@v1', undefined].map(localPath)).toEqual([
      'a/b',
      'a/b',
      'a/b',
      '',
      undefined,
      undefined,
    ]);
  });

  it('is bounded on workflows and actions that call themselves', async () => {
    const jobs = Array.from({ length: 60 }, (_, index) => `  j${index}:\n    uses: ./${W}\n`).join('');
    expect(await gates(`on: pull_request\njobs:\n${jobs}`)).toEqual([]);
    const steps = Array.from({ length: 60 }, () => '    - uses: ./a\n').join('');
    expect(
      await gates(workflowOf({ steps: '- uses: ./a' }), {
        'a/action.yml': `runs:\n  using: composite\n  steps:\n${steps}`,
      }),
    ).toEqual([]);
  });
});

describe('what a gate is given to look at', () => {
  const CHECKOUT = '- uses: actions/checkout@v4\n';
  it.each([
    [CHECKOUT, 'yes'],
    [`${CHECKOUT}  with: {ref: main}\n`, 'undecided'],
    [`${CHECKOUT}  with: {ref: "\${{ github.event.pull_request.head.sha }}"}\n`, 'yes'],
    [`${CHECKOUT}  with: {ref: "\${{ github.base_ref }}"}\n`, 'undecided'],
    [`${CHECKOUT}  with: {repository: o/other}\n`, 'undecided'],
    [`${CHECKOUT}  with: {repository: o/other, path: other}\n`, 'yes'],
    [`${CHECKOUT}  with: {sparse-checkout: docs}\n`, 'undecided'],
    [`${CHECKOUT}- run: git checkout main\n`, 'undecided'],
  ])('%j: %s', async (steps, expected) => {
    const [gate] = await gates(workflowOf({ steps: `${steps}${GATE}` }));
    expect(gate?.parts.runs.answer).toBe(expected);
  });

  it.each([
    ['gitleaks() { :; }; gitleaks dir .', 'undecided'],
    ['function gitleaks { :; }\n    gitleaks dir .', 'undecided'],
    ["trap 'exit 0' EXIT; gitleaks dir .", 'undecided'],
    ['exec true; gitleaks dir .', 'no'],
    ['exec gitleaks dir .', 'yes'],
    ['gitleaks dir . --exit-code 256', 'no'],
  ])('%j fails its job: %s', async (run, expected) => {
    const [gate] = await gates(workflowOf({ steps: `- run: |\n    ${run}` }));
    expect(gate?.parts.fails.answer).toBe(expected);
  });

  it.each(['bash -c "true" {0}', 'bash -n {0}', 'pwsh'])('does not follow the shell %s', async (shell) => {
    expect(await gates(workflowOf({ steps: `${GATE}\n  shell: '${shell}'` }))).toEqual([]);
  });
});
