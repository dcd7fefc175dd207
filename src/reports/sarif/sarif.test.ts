import { describe, expect, it } from 'vitest';
import { sampleOfTwoProducts, sampleResult, sampleWithFindings } from '../../../web/test/sample-result.ts';
import type { Finding, Result, TraceStep } from '../../model/index.ts';
import { LIMITS } from './fit.ts';
import { renderSarif, type SarifOptions } from './index.ts';
import { uriOf } from './places.ts';
import type { Notification, Rule, SarifResult } from './types.ts';

interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly columnKind: string;
  readonly originalUriBaseIds: Readonly<Record<string, unknown>>;
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly Notification[];
    readonly startTimeUtc?: string;
  }[];
  readonly results: readonly SarifResult[];
}

function runOf(result: Result, options?: SarifOptions): Run {
  const log = JSON.parse(renderSarif(result, options)) as { version: string; $schema: string; runs: Run[] };
  expect(log.version).toBe('2.1.0');
  expect(log.runs).toHaveLength(1);
  const [run] = log.runs;
  if (run === undefined) throw new Error('there is no run');
  return run;
}

const findingsOf = (run: Run): readonly SarifResult[] => run.results.filter(({ kind }) => kind === 'fail');
const byFingerprint = (run: Run, fingerprint: string): SarifResult | undefined =>
  run.results.find(({ partialFingerprints }) => partialFingerprints['fourproof/v1'] === fingerprint);

describe('renderSarif', () => {
  const run = runOf(sampleResult());

  it('has what the standard requires of every object', () => {
    expect(run.tool.driver.name).toBe('fourproof');
    expect(new Set(run.tool.driver.rules.map(({ id }) => id)).size).toBe(run.tool.driver.rules.length);
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true });
    expect(run.invocations[0]).not.toHaveProperty('startTimeUtc');
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(result.kind === 'fail' || result.level === 'none').toBe(true);
      expect(result.locations.length).toBeGreaterThan(0);
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { artifactLocation, region, contextRegion } = physicalLocation;
        expect(run.originalUriBaseIds).toHaveProperty([artifactLocation.uriBaseId]);
        expect(region.startLine).toBeGreaterThan(0);
        expect(region.endLine).toBeGreaterThanOrEqual(region.startLine);
        if (contextRegion !== undefined) expect(contextRegion.startLine).toBeLessThanOrEqual(region.startLine);
      }
    }
  });

  it('has one rule a control, with the severity of its worst finding', () => {
    const rule = run.tool.driver.rules.find(({ id }) => id === 'code/injection/outside-input-reaches-no-interpreter');
    expect(rule).toMatchObject({
      shortDescription: { text: 'Input from outside reaches no interpreter unescaped' },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5', tags: ['security', 'code', 'exposure'] },
    });
  });

  it('names references as tags, at most twenty', () => {
    const result = sampleResult();
    const references = ['CWE-89', 'OWASP A03:2021', ...Array.from({ length: 30 }, (_, index) => `R${index}`)];
    const { tool } = runOf({ ...result, verdicts: result.verdicts.map((verdict) => ({ ...verdict, references })) });
    expect(tool.driver.rules[0]?.properties.tags.slice(3, 5)).toEqual(['external/cwe/cwe-089', 'OWASP A03:2021']);
    for (const { properties } of tool.driver.rules) expect(properties.tags.length).toBeLessThanOrEqual(20);
  });

  it('tells a counterexample with its way', () => {
    const result = byFingerprint(run, 'a3f1c09d52e7');
    expect(result).toMatchObject({
      kind: 'fail',
      level: 'error',
      ruleId: 'code/injection/outside-input-reaches-no-interpreter',
    });
    expect(result?.message.text).toContain('chooses the text of the statement');
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'services/orders/src/main/java/shop/orders/OrderSearch.java', uriBaseId: '%SRCROOT%' },
      region: { startLine: 42, startColumn: 13, endLine: 42, endColumn: 104 },
    });
    expect(result?.relatedLocations).toHaveLength(2);
    const [flow] = result?.codeFlows ?? [];
    expect(flow?.threadFlows[0]?.locations.map(({ kinds }) => kinds)).toEqual([['source'], ['step'], ['sink']]);
  });

  it('carries decisions as suppressions', () => {
    for (const fingerprint of ['19be77aa0c35', '5d0f6612ab90', 'helm-image']) {
      expect(byFingerprint(run, fingerprint)?.suppressions).toMatchObject([{ kind: 'external', status: 'accepted' }]);
    }
    expect(byFingerprint(run, '19be77aa0c35')?.suppressions?.[0]?.justification).toContain(
      'platform team, until 2026-12-31',
    );
    expect(byFingerprint(run, 'a3f1c09d52e7')).not.toHaveProperty('suppressions');
  });

  it('tells proofs and gaps without a level, or leaves them out when asked', () => {
    expect(byFingerprint(run, 'ecr-lock')).toMatchObject({ kind: 'open', level: 'none' });
    expect(run.results.filter(({ kind }) => kind === 'pass')).toHaveLength(4);
    const failed = runOf(sampleResult(), { kinds: ['fail'] });
    expect(failed.results).toEqual(findingsOf(run));
    expect(failed.invocations[0]?.toolExecutionNotifications).toHaveLength(1);
  });

  it('tells products apart', () => {
    const texts = runOf(sampleOfTwoProducts()).results.map(({ message }) => message.text);
    expect(texts.every((text) => /^(?:shop|back office): /.test(text))).toBe(true);
  });

  it('passes notices on', () => {
    expect(run.invocations[0]?.toolExecutionNotifications).toMatchObject([
      { level: 'warning', message: { text: 'An entry of .gitleaksignore matches nothing any more.' } },
    ]);
  });
});

describe('the limits of uploads', () => {
  const severities = ['low', 'critical', 'medium'] as const;
  function mixed(count: number): Result {
    const result = sampleWithFindings(count);
    const change = (finding: Finding, index: number): Finding => ({
      ...finding,
      severity: severities[index % 3] ?? 'low',
    });
    return {
      ...result,
      verdicts: result.verdicts.map((verdict) => ({ ...verdict, findings: verdict.findings.map(change) })),
    };
  }

  it('keeps the worst results and says how many were left out', () => {
    const run = runOf(mixed(90), { limits: { ...LIMITS, results: 40 } });
    expect(run.results).toHaveLength(40);
    const levels = run.results.map(({ level }) => level);
    expect(levels.slice(0, 30).every((level) => level === 'error')).toBe(true);
    expect(run.invocations[0]?.toolExecutionNotifications[0]).toMatchObject({
      level: 'warning',
      descriptor: { id: 'fourproof/truncated' },
    });
    expect(run.invocations[0]?.toolExecutionNotifications[0]?.message.text).toMatch(/^\d+ results were left out/);
  });

  it('stays below the bytes that are taken', () => {
    const run = runOf(mixed(400), { limits: { ...LIMITS, zipped: 30_000 } });
    expect(run.results.length).toBeGreaterThan(0);
    expect(run.results.length).toBeLessThan(400);
    expect(runOf(mixed(400), { limits: { ...LIMITS, text: 100_000 } }).results.length).toBeLessThan(100);
  });

  it('keeps both ends of a very long trace', () => {
    const result = sampleResult();
    const step = (index: number): TraceStep => ({
      at: { path: 'a.ts', startLine: index + 1, startColumn: 1, endLine: index + 1, endColumn: 2 },
      note: `${index}`,
      role: 'step',
    });
    const rest = Array.from({ length: 20_000 }, (_, index) => step(index + 1));
    const verdicts = result.verdicts.map((verdict) => ({
      ...verdict,
      findings: verdict.findings.map((finding) => ({
        ...finding,
        counterexample: { ...finding.counterexample, trace: [step(0), ...rest] as const },
      })),
    }));
    const [first] = findingsOf(runOf({ ...result, verdicts }));
    const locations = first?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(locations).toHaveLength(500);
    expect([locations[0], locations.at(-1)].map((location) => location?.location.message?.text)).toEqual([
      '0',
      '20000',
    ]);
    expect(first?.relatedLocations?.length).toBeLessThan(1000);
  });
});

describe('uriOf', () => {
  it.each([
    ['a/b.ts', 'a/b.ts'],
    ['with space/ü#?.ts', 'with%20space/%C3%BC%23%3F.ts'],
    ['C:/x', 'C%3A/x'],
    ['/etc/passwd', 'etc/passwd'],
    ["it's(1)!*.ts", 'it%27s%281%29%21%2A.ts'],
    ['\ud800', '%EF%BF%BD'],
  ])('encodes %j', (path, uri) => {
    expect(uriOf(path)).toBe(uri);
  });
});
