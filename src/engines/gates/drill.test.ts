import { describe, expect, it } from 'vitest';
import { runDrill, type Attack, type Caught } from './drill.ts';
import { findGates } from './find-gates.ts';
import { findIndirections } from './indirections.ts';
import { factsOfTexts, requiring, RULES, workflowOf } from '../../../test/gate-facts.ts';

const W = '.github/workflows/ci.yml';
const ATTACK: Attack = { id: 'a', what: 'a thing', path: 'src/x', grants: ['nothing'] };
const CAUGHT: Caught = { answer: 'yes', how: 'executed', why: 'seen' };

async function drill(
  files: Readonly<Record<string, string>>,
  catches: (attack: Attack) => Caught = () => CAUGHT,
  attacks: readonly [Attack, ...Attack[]] = [ATTACK],
) {
  const { facts, tree } = await factsOfTexts(files);
  return runDrill({
    claim: 'It is stopped.',
    engine: 'e',
    attacks,
    gates: findGates(facts, 'main'),
    indirections: await findIndirections(facts, tree),
    facts,
    catches,
  });
}

describe('runDrill', () => {
  it('proves what one gate stops, and names rule and manner', async () => {
    const { counterexamples, gaps, proof } = await drill({
      [W]: workflowOf({ steps: '- run: gitleaks dir .' }),
      [RULES]: requiring('scan'),
    });
    expect([counterexamples, gaps]).toEqual([[], []]);
    expect(proof?.method).toContain('executed');
    expect(proof?.witnesses[0]?.note).toContain(
      'gitleaks in .github/workflows/ci.yml · scan stops it (executed: seen; the check `scan` is required',
    );
  });

  it('is open where nothing looks, and where what looks does not stop', async () => {
    const none = await drill({ [W]: workflowOf({ steps: '- run: make' }) });
    expect(none.counterexamples[0]).toMatchObject({
      title: 'nothing stops a thing',
      summary: expect.stringContaining('no gate of a pull request looks for it') as string,
      identity: ['drill', 'a'],
    });
    const soft = await drill({
      [W]: workflowOf({ steps: '- run: gitleaks dir . || true' }),
      [RULES]: requiring('scan'),
    });
    expect(soft.counterexamples[0]?.trace.map(({ role, note }) => `${role} ${note}`)).toEqual([
      'source a pull request plants a thing',
      'guard gitleaks reports, does not stop: `|| true` takes its failure away',
    ]);
    const blind = await drill(
      { [W]: workflowOf({ steps: '- run: gitleaks dir .' }), [RULES]: requiring('scan') },
      () => ({ answer: 'no', how: 'executed', why: 'not seen' }),
    );
    expect(blind.counterexamples[0]?.trace[1]?.note).toBe('gitleaks does not see it: not seen');
  });

  it('is a gap where rules are not in sight, with the command that exports them', async () => {
    const { counterexamples, gaps } = await drill({ [W]: workflowOf({ steps: '- run: gitleaks dir .' }) });
    expect(counterexamples).toEqual([]);
    expect(gaps[0]).toMatchObject({
      reason: 'not-in-sight',
      closes: expect.stringContaining('gh api repos/') as string,
    });
  });

  it('is a gap where the rules of the gate come from elsewhere', async () => {
    const { gaps } = await drill(
      { [W]: workflowOf({ steps: '- run: semgrep ci' }), [RULES]: requiring('scan') },
      () => ({ answer: 'undecided', how: 'executed', why: 'its rules are fetched' }),
    );
    expect(gaps[0]).toMatchObject({
      reason: 'undrillable-rules',
      message: expect.stringContaining('its rules are fetched') as string,
    });
  });

  it('keeps path filters in mind: a required check that does not start holds the change, another one lets it through', async () => {
    const on = '{pull_request: {paths: ["docs/**"]}}';
    const steps = '- run: gitleaks dir .';
    const held = await drill({ [W]: workflowOf({ on, steps }), [RULES]: requiring('scan') });
    expect([held.counterexamples.length, held.gaps.length]).toEqual([0, 1]);
    const twin = 'on: pull_request\njobs:\n  scan:\n    runs-on: x\n    steps: [{run: echo}]\n';
    const passed = await drill({
      [W]: workflowOf({ on, steps }),
      '.github/workflows/twin.yml': twin,
      [RULES]: requiring('scan'),
    });
    expect(passed.counterexamples[0]?.trace[1]?.note).toContain('its path filters leave out src/x');
  });

  it('is open for one attack and closed for another', async () => {
    const { counterexamples, proof } = await drill(
      { [W]: workflowOf({ steps: '- run: gitleaks dir .' }), [RULES]: requiring('scan') },
      (attack) => ({ ...CAUGHT, answer: attack.id === 'a' ? 'yes' : 'no' }),
      [ATTACK, { ...ATTACK, id: 'b' }],
    );
    expect(counterexamples.map((item) => item.identity)).toEqual([['drill', 'b']]);
    expect(proof?.scope.count).toBe(2);
  });

  it('does not call a guard missing beside another pipeline', async () => {
    const { counterexamples, gaps } = await drill({ Jenkinsfile: 'pipeline {}' });
    expect(counterexamples).toEqual([]);
    expect(gaps.map((gap) => gap.message).join()).toContain('Jenkinsfile may hold a gate');
  });
});
