import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksForStatus, holdsIn, holdsOnPullRequest } from './condition.ts';

describe('holdsOnPullRequest', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['${{ false }}', false],
    ['always()', true],
    ['success()', true],
    ['failure()', false],
    ['!cancelled()', true],
    ['!failure() && !cancelled()', true],
    ["github.event_name == 'pull_request'", true],
    ["${{ github.event_name == 'PULL_REQUEST' }}", true],
    ["github.event_name != 'push'", true],
    ["github.event_name == 'push' || github.event_name == 'pull_request'", true],
    ["github.ref == 'refs/heads/main'", false],
    ["github.ref != 'refs/heads/main'", true],
    ["startsWith(github.ref, 'refs/tags/')", false],
    ['contains(fromJSON(\'["push", "pull_request"]\'), github.event_name)', true],
    ["contains('a pull_request b', github.event_name)", true],
    ['github.actor', undefined],
    ["github.actor != 'dependabot[bot]'", undefined],
    ["github.actor == 'x' && false", false],
    ["github.actor == 'x' || true", true],
    // What `||` gives is its value, not true.
    ["(github.head_ref || 'main') == 'main'", undefined],
    ["('a' || 'b') == 'a'", true],
    ["('' || 'b') == 'b'", true],
    // Values of different types are compared as numbers.
    ["true == 'true'", false],
    ['true == 1', true],
    ["null == ''", true],
    ["'it''s' == 'IT''S'", true],
    ['1 < 2', undefined],
    ["github['event_name'] == 'push'", undefined],
    ['${{ false }} && true', undefined],
    ['constructor(1)', undefined],
    ['always(', undefined],
    ['', undefined],
    ["('a'", undefined],
  ])('%s: %s', (condition, expected) => {
    expect(holdsOnPullRequest(condition)).toBe(expected);
  });

  it('knows the merge queue', () => {
    expect(holdsOnPullRequest("github.event_name == 'merge_group'", 'merge_group')).toBe(true);
    expect(holdsOnPullRequest("startsWith(github.ref, 'refs/heads/')", 'merge_group')).toBe(true);
  });

  it('takes any text without throwing, and gives one of three answers', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '!',
      '&&',
      '||',
      '==',
      '!=',
      "'a'",
      "'",
      'github.event_name',
      'always()',
      'contains(',
      ',',
      'true',
      '1',
      '${{',
      '}}',
      '[',
      ' ',
      'toString(',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          expect([true, false, undefined]).toContain(holdsOnPullRequest(text));
        },
      ),
      { numRuns: 2000 },
    );
    expect(holdsOnPullRequest('('.repeat(1999))).toBeUndefined();
    expect(holdsOnPullRequest('!'.repeat(1999))).toBeUndefined();
    expect(holdsOnPullRequest('a('.repeat(999))).toBeUndefined();
  });

  it('negation turns an answer round', () => {
    const atom = fc.constantFrom(
      'true',
      'false',
      "'x'",
      "''",
      'github.actor',
      "github.event_name == 'push'",
      'always()',
    );
    fc.assert(
      fc.property(atom, atom, fc.constantFrom('&&', '||'), (a, b, operator) => {
        const plain = holdsOnPullRequest(`${a} ${operator} ${b}`);
        expect(holdsOnPullRequest(`!(${a} ${operator} ${b})`)).toBe(plain === undefined ? undefined : !plain);
      }),
    );
  });
});

describe('holdsIn', () => {
  const failed = { event: 'pull_request', failed: true } as const;

  it.each([
    ["github.event_name == 'pull_request'", false],
    ['always()', true],
    ['failure()', true],
    ['!cancelled()', true],
    ['!failure()', false],
    ["always() && !contains(needs.*.result, 'failure')", false],
    ["contains(needs.*.result, 'failure') && !cancelled()", true],
    ["always() && needs.scan.result == 'success'", false],
    ["always() && needs.other.result == 'success'", undefined],
  ])('after a failure, %s: %s', (condition, expected) => {
    expect(
      holdsIn(condition, { ...failed, results: ['failure'], values: new Map([['needs.scan.result', 'failure']]) }),
    ).toBe(expected);
  });

  it('sees status functions outside strings only', () => {
    expect(asksForStatus("contains('always()', 'a')")).toBe(false);
    expect(asksForStatus('x && Always ()')).toBe(true);
  });
});
