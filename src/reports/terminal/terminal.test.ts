import { describe, expect, it } from 'vitest';
import { sampleOfTwoProducts, sampleResult, sampleWithFindings } from '../../../web/test/sample-result.ts';
import type { Result, Verdict } from '../../model/index.ts';
import { renderTerminal, type TerminalOptions } from './index.ts';

const plain = { columns: 80, colour: false, unicode: true } satisfies TerminalOptions;

function only(result: Result, ...threats: readonly Verdict['threat'][]): Result {
  return { ...result, verdicts: result.verdicts.filter(({ threat }) => threats.includes(threat)), notices: [] };
}

describe('renderTerminal', () => {
  it('shows an open, an unknown and a mitigated threat', () => {
    const result = only(
      sampleResult(),
      'code/injection',
      'code/request-forgery',
      'code/leaked-secrets',
      'cloud/missing-mfa',
    );
    expect(renderTerminal(result, plain)).toMatchInlineSnapshot(`
      "shop · 412 files · 2026-11-20 · fourproof 0.1.0

      CODE                  now                guard
        ✘ Injection         ✘ open             ? unknown
          critical: Query parameter \`status\` reaches a SQL statement unescaped in
            OrderSearch.find
             ╭─ services/orders/src/main/java/shop/orders/OrderSearch.java:42:13
          42 │ "select * from orders where " + "status = '" + status + "' order by id…
             │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             │ concatenated into the statement that JdbcTemplate.query runs
             ╰─ fourproof explain a3f1c09d52e7 · 1 gap

        ? Request forgery   ? unknown          ? unknown
          3 calls of HTTP clients were found; this version has no engine that … +1 gap
          → fourproof import report.sarif
        ✔ Leaked secrets    ✔ mitigated        ✔ mitigated        1 dismissed

      CLOUD                 now                guard
        – Missing MFA       – not applicable   – not applicable

      ✔ mitigated  ✘ open  ? unknown  – not applicable · 0 accepted, 1 dismissed
      now: open today? · guard: stopped tomorrow? · more: fourproof explain <threat>
      1 open · 1 unknown · 1 mitigated · 1 not applicable
      "
    `);
  });

  it('fits a narrow terminal without colour or anything beyond ASCII, with paths from where the person is', () => {
    const result = only(sampleResult(), 'code/request-forgery', 'container/mutable-images', 'cloud/missing-mfa');
    expect(renderTerminal(result, { columns: 60, colour: false, unicode: false, root: 'examples/shop/' }))
      .toMatchInlineSnapshot(`
      "shop - 412 files - 2026-11-20 - fourproof 0.1.0

      CODE                  now                guard
        ? Request forgery   ? unknown          ? unknown
          3 calls of HTTP clients were found; this ... +1 gap
          -> fourproof import report.sarif

      CONTAINER             now                guard
        x Mutable images    x open             ? unknown
          2 accepted
          high: deploy.yaml runs
            aws-actions/configure-aws-credentials@v4, a tag that
            its owner may move
             --> examples/shop/.github/workflows/deploy.yaml:34:15
          34 | uses: aws-actions/configure-aws-credentials@v4
             |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             |       runs the code that the tag names
             = fourproof explain 7c20b8e94d11 - 1 more - 2 gaps

      CLOUD                 now                guard
        - Missing MFA       - not applicable   - not applicable

      + mitigated  x open  ? unknown  - not applicable
      2 accepted, 0 dismissed
      now: open today? - guard: stopped tomorrow?
      more: fourproof explain <threat>
      1 open - 1 unknown - 0 mitigated - 1 not applicable
      "
    `);
  });

  it('shows notices and sums up in the last line', () => {
    const lines = renderTerminal(sampleResult(), plain).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('3 open · 10 unknown · 1 mitigated · 1 not applicable');
    expect(lines).toContain('warning: .gitleaksignore:4:1: An entry of .gitleaksignore matches nothing any');
    expect(lines.at(-2)).toBe('now: open today? · guard: stopped tomorrow? · more: fourproof explain <threat>');
    expect(lines.at(-3)).toBe('✔ mitigated  ✘ open  ? unknown  – not applicable · 2 accepted, 1 dismissed');
  });

  it('fits fifteen threats of which most are unknown into one and a half screens', () => {
    expect(renderTerminal(sampleResult(), plain).trimEnd().split('\n').length).toBeLessThanOrEqual(75);
  });

  it('has a block for each product, the legend once, and one sum', () => {
    const text = renderTerminal(sampleOfTwoProducts(), plain);
    expect(text.match(/^── .* ──$/gm)).toEqual(['── shop ──', '── back office ──']);
    expect(text.match(/guard: stopped tomorrow/g)).toHaveLength(1);
    expect(text.trimEnd().split('\n').at(-1)).toBe('3 open · 20 unknown · 2 mitigated · 2 not applicable');
  });

  it('says how many more counterexamples there are', () => {
    expect(renderTerminal(sampleWithFindings(1000), plain)).toContain('╰─ fourproof explain many0 · 999 more · 2 gaps');
  });

  it('prefers a counterexample that nobody accepted, and never shows a dismissed one', () => {
    const [open] = only(sampleResult(), 'container/mutable-images').verdicts;
    const [first, second] = open?.findings ?? [];
    if (open === undefined || first === undefined || second === undefined) throw new Error('the sample has changed');
    const decision = { reason: 'r', owner: 'o', by: 'fourproof.yaml' };
    const { accepted: _accepted, ...undecided } = second;
    const findings = [{ ...first, accepted: decision }, undecided];
    const show = (list: Verdict['findings']): string =>
      renderTerminal({ ...sampleResult(), verdicts: [{ ...open, findings: list }] }, plain);
    expect(show(findings)).toContain(`fourproof explain ${second.fingerprint}`);
    expect(show([{ ...first, dismissed: decision }, second])).toContain(`fourproof explain ${second.fingerprint}`);
    expect(show([{ ...first, dismissed: decision }, second])).toContain('2 accepted · 1 dismissed');
  });

  it('paints only when it may', () => {
    const coloured = renderTerminal(sampleResult(), { ...plain, colour: true });
    expect(coloured).toContain('\u001b[31m✘ open\u001b[39m');

    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderTerminal(sampleResult(), plain));
  });

  it('shows a place whose source is not at hand', () => {
    const result = only(sampleResult(), 'code/injection');
    const verdicts = result.verdicts.map((verdict) => ({
      ...verdict,
      findings: verdict.findings.map(({ excerpt: _excerpt, ...finding }) => finding),
    }));
    expect(renderTerminal({ ...result, verdicts }, plain)).toContain('│ concatenated into the statement');
  });
});
