import { describe, expect, it } from 'vitest';
import { sampleResult } from '../../web/test/sample-result.ts';
import type { Result, Verdict } from '../model/index.ts';
import { renderChanges, renderChangesMarkdown } from './changes-text.ts';
import { compareResults } from './changes.ts';

const plain = { columns: 80, colour: false, unicode: true };

function without(result: Result, threat: Verdict['threat'], status: Verdict['status']): Result {
  const change = (verdict: Verdict): Verdict => ({
    ...verdict,
    status,
    exposure: status,
    guard: status,
    findings: [],
    controls: [],
  });
  return {
    ...result,
    verdicts: result.verdicts.map((verdict) => (verdict.threat === threat ? change(verdict) : verdict)),
  };
}

describe('compareResults', () => {
  it('finds nothing between equal results', () => {
    expect(compareResults(sampleResult(), sampleResult())).toEqual({ verdicts: [], findings: [], fixed: 0 });
  });

  it('finds verdicts that changed and counterexamples that are new', () => {
    const changes = compareResults(without(sampleResult(), 'code/injection', 'unknown'), sampleResult());
    expect(changes.verdicts).toEqual([
      {
        product: 'shop',
        threat: 'code/injection',
        title: 'Injection',
        before: 'unknown',
        after: 'open',
        exposure: { before: 'unknown', after: 'open' },
        guard: { before: 'unknown', after: 'unknown' },
      },
    ]);
    expect(changes.findings.map(({ finding }) => finding.fingerprint)).toEqual(['a3f1c09d52e7']);
    expect(changes.fixed).toBe(0);
  });

  it('counts what is gone the other way round', () => {
    const changes = compareResults(sampleResult(), without(sampleResult(), 'container/mutable-images', 'mitigated'));
    expect(changes).toMatchObject({ findings: [], fixed: 2 });
  });

  it('takes a counterexample that was merely dismissed neither for new nor for gone', () => {
    const result = sampleResult();
    const dismissed = { reason: 'r', owner: 'o', by: 'fourproof.yaml' };
    const verdicts = result.verdicts.map((verdict) => ({
      ...verdict,
      findings: verdict.findings.map((finding) => ({ ...finding, dismissed })),
    }));
    expect(compareResults(result, { ...result, verdicts })).toEqual({ verdicts: [], findings: [], fixed: 0 });
    expect(compareResults({ ...result, verdicts }, result).findings).toHaveLength(4);
  });

  it('names products that came and went', () => {
    const empty = { ...sampleResult(), verdicts: [] };
    expect(compareResults(empty, sampleResult()).verdicts[0]).not.toHaveProperty('before');
    expect(compareResults(sampleResult(), empty).verdicts[0]).not.toHaveProperty('after');
    expect(compareResults(sampleResult(), empty).fixed).toBe(4);
  });
});

describe('renderChanges', () => {
  const changes = compareResults(
    without(sampleResult(), 'container/insecure-dockerfiles', 'mitigated'),
    sampleResult(),
  );

  it('shows verdicts and counterexamples', () => {
    expect(renderChanges(changes, plain)).toMatchInlineSnapshot(`
      "container/insecure-dockerfiles  ✔ mitigated → ✘ open   guard: mitigated → open

      high: No required check stops \`USER root\` in services/notifier/Dockerfile
        (container/insecure-dockerfiles)
        ╭─ services/notifier/Dockerfile:5:1
      5 │ USER node
        │ ^^^^^^^^^ merged and built
        ╰─ fourproof explain e81d04b7733c

      1 verdict changed · 1 new counterexample · 0 gone
      "
    `);
  });

  it('says so when nothing changes', () => {
    const same = compareResults(sampleResult(), sampleResult());
    expect(renderChanges(same, plain)).toBe('No verdict changes and no counterexample is new.\n');
    expect(renderChangesMarkdown(same)).toContain('No verdict changes');
  });

  it('is a comment of a pull request', () => {
    const text = renderChangesMarkdown(changes);
    expect(text).toContain(
      '| Insecure Dockerfiles (<code>container/insecure-dockerfiles</code>) | ✔ mitigated | ✘ open | ✔ mitigated | ✔ mitigated → ✘ open |',
    );
    expect(text).toContain('**1 verdict changed · 1 new counterexample · 0 gone**');
    expect(text).toContain('<code>fourproof explain e81d04b7733c</code>');
  });
});
