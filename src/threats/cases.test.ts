import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { caseRepository } from '../../test/case-repository.ts';
import type { TestRepository } from '../../test/git-repository.ts';
import { NO_DECISIONS } from '../verdict/decisions.ts';
import { THREAT_IDS, type ThreatId, type Verdict } from '../model/index.ts';
import { readConfig, verify, type Verified } from '../pipeline.ts';
import { readIamData, readModuleSummaries, readSecretRules } from '../sources/assets.ts';
import { openWorktree } from '../sources/worktree/worktree.ts';
import { THREATS } from './registry.generated.ts';

/**
 * Golden cases: `cases/<status>.<what>/input` verified, against `expected.json` beside it. The status in the name is
 * that of the exposure, or of the guard where `<what>` starts with `guard-`. UPDATE_CASES=1 writes the files; read
 * each one before it is committed. Every counterexample is replayed.
 */
const NOW = new Date('2026-11-21T00:00:00Z');
const UPDATE = process.env.UPDATE_CASES === '1';

const repositories: TestRepository[] = [];
afterAll(() => {
  for (const repository of repositories) repository.remove();
});

/** The tree of a case: its `input/`, and a repository around it where `history/` stands beside. */
function open(folder: string) {
  if (!existsSync(join(folder, 'history'))) return openWorktree(join(folder, 'input'), { git: false });
  const repository = caseRepository(folder);
  repositories.push(repository);
  return openWorktree(repository.folder);
}

async function run(threat: ThreatId, folder: string): Promise<Verified> {
  const opened = open(folder);
  if (!opened.ok) throw new Error(opened.why);
  const reading = await readConfig(opened.tree);
  const config = reading.ok ? reading.config : { declared: {}, decisions: NO_DECISIONS };
  return verify({
    tree: opened.tree,
    fallback: { name: 'case', paths: ['.'] },
    config,
    now: NOW,
    version: '0.0.0',
    secretRules: readSecretRules(),
    terraformModules: readModuleSummaries(),
    iamTexts: readIamData,
    only: [threat],
  });
}

/** What a reader of the case wants to see, and nothing that changes from day to day. */
function summarise({ status, exposure, guard, controls, findings }: Verdict) {
  return {
    status,
    exposure,
    guard,
    controls: controls.map((control) => ({
      id: control.id,
      kind: control.kind,
      status: control.status,
      ...('proof' in control
        ? {
            proof: {
              claim: control.proof.claim,
              what: control.proof.scope.what,
              count: control.proof.scope.count,
              witnesses: control.proof.witnesses.map((witness) => witness.note),
            },
          }
        : {}),
      ...('gaps' in control
        ? {
            gaps: (control.gaps ?? []).map(({ fingerprint, reason, message, at, closes }) => ({
              fingerprint,
              reason,
              message,
              at: at === undefined ? undefined : `${at.path}:${at.startLine}:${at.startColumn}`,
              closes,
            })),
          }
        : {}),
    })),
    findings: findings.map(({ fingerprint, control, severity, title, location, dismissed, counterexample }) => ({
      fingerprint,
      control,
      severity,
      title,
      location: `${location.path}:${location.startLine}:${location.startColumn}-${location.endLine}:${location.endColumn}`,
      trace: counterexample.trace.map((step) => `${step.role} ${step.at.path}:${step.at.startLine} ${step.note}`),
      ...(dismissed === undefined ? {} : { dismissed: dismissed.by }),
    })),
  };
}

for (const id of THREAT_IDS) {
  const folder = join(import.meta.dirname, id, 'cases');
  const cases = existsSync(folder) ? readdirSync(folder).sort() : [];
  describe(id, () => {
    it.each(cases)('%s', async (name) => {
      const { result, contexts } = await run(id, join(folder, name));
      const [verdict] = result.verdicts;
      if (verdict === undefined) throw new Error('no verdict');
      const [status, what = ''] = name.split(/\.(.*)/s);
      expect(what.startsWith('guard-') ? verdict.guard : verdict.exposure, 'the status in the name of the case').toBe(
        status,
      );

      const expectedFile = join(folder, name, 'expected.json');
      const seen = JSON.parse(JSON.stringify(summarise(verdict))) as unknown;
      if (UPDATE || !existsSync(expectedFile)) {
        if (!UPDATE)
          throw new Error(
            `${name} has no expected.json: run UPDATE_CASES=1 npx vitest run src/threats/cases.test.ts and read it`,
          );
        writeFileSync(expectedFile, `${JSON.stringify(seen, null, 2)}\n`);
      }
      expect(seen).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));

      const context = [...contexts.values()][0];
      const controls = THREATS.find((threat) => threat.id === id)?.controls ?? [];
      for (const finding of verdict.findings) {
        const control = controls.find((candidate) => candidate.id === finding.control);
        if (context === undefined || control?.replay === undefined)
          throw new Error(`${finding.control} finds and cannot replay`);
        const outcome = await control.replay(context, finding.counterexample);
        expect(outcome, `replay of ${finding.title}: ${outcome.steps.join(' / ')}`).toMatchObject({ confirmed: true });
        expect(outcome.steps.length).toBeGreaterThan(0);
      }
    });
  });
}
