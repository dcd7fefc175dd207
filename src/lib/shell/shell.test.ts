import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShell, simpleCommands } from './ast.ts';
import { commandFates } from './fate.ts';

function words(script: string): string[][] {
  return simpleCommands(parseShell(script)).map((command) => command.words.map((word) => word.text));
}

function fateOf(script: string, name = 'gate', options = { errexit: true, pipefail: false }): string | undefined {
  return commandFates(parseShell(script), options).find((fate) => fate.command.words.some((word) => word.text === name))
    ?.fate;
}

describe('parseShell', () => {
  it('reads words, quotes, continuations, comments and heredocs', () => {
    expect(
      words(`docker build \\\n  --build-arg 'A=b c' -t "x:\${TAG}" . # note\ncat <<EOF\nrm -rf /\nEOF\nls`),
    ).toEqual([['docker', 'build', '--build-arg', 'A=b c', '-t', 'x:${TAG}', '.'], ['cat'], ['ls']]);
  });

  it('keeps GitHub expressions in one word and marks it dynamic', () => {
    const [command] = simpleCommands(parseShell('docker push repo:${{ github.sha }} 2>&1 >log'));
    expect(command?.words.map((word) => [word.text, word.dynamic])).toEqual([
      ['docker', false],
      ['push', false],
      ['repo:${{ github.sha }}', true],
    ]);
  });

  it('finds commands in substitutions, conditions, loops and functions', () => {
    expect(
      words('X=$(a b); if c; then d; elif e; then f; else g; fi; for i in 1 2; do h "$i"; done; k() { l; }; (m; n)'),
    ).toEqual([[], ['a', 'b'], ['c'], ['e'], ['d'], ['f'], ['g'], ['h', '$i'], ['l'], ['m'], ['n']]);
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'if ',
            'then ',
            'fi ',
            ';',
            '(',
            ')',
            '{ ',
            '} ',
            '$(',
            '"',
            "'",
            '`',
            '\n',
            '&&',
            '||',
            '|',
            'a ',
            '<<E\n',
            '${',
            '\\',
            '!',
          ),
          maxLength: 60,
        }),
        (script) => {
          commandFates(parseShell(script), { errexit: true, pipefail: true });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is bounded on deep nesting', () => {
    expect(simpleCommands(parseShell('('.repeat(20_000)))).toEqual(expect.any(Array));
    expect(simpleCommands(parseShell('$('.repeat(20_000)))).toEqual(expect.any(Array));
  });
});

describe('commandFates', () => {
  it.each([
    ['gate', 'fails'],
    ['gate && echo done', 'fails'],
    ['gate && echo done\necho more', 'swallowed'],
    ['gate || true', 'swallowed'],
    ['gate || :', 'swallowed'],
    ['gate || echo "found something"', 'swallowed'],
    ['gate || exit 1', 'fails'],
    ['gate || { echo bad; exit 1; }', 'fails'],
    ['gate || other', 'undecided'],
    ['gate; exit 0', 'fails'],
    ['set +e\ngate\nexit 0', 'swallowed'],
    ['set +e\ngate', 'fails'],
    ['set +e\ngate\nrc=$?\nexit $rc', 'undecided'],
    ['gate | tee log', 'swallowed'],
    ['set -o pipefail\ngate | tee log', 'fails'],
    ['set -euo pipefail; gate | tee log', 'fails'],
    ['gate | tee log\nexit ${PIPESTATUS[0]}', 'undecided'],
    ['gate || failed=1\nexit $failed', 'undecided'],
    ['gate || rc=$?\nexit $rc', 'undecided'],
    ['! gate', 'swallowed'],
    ['gate &\nwait', 'swallowed'],
    ['if gate; then echo ok; fi', 'swallowed'],
    ['if ! gate; then echo bad; exit 1; fi', 'fails'],
    ['if gate; then echo ok; else exit 1; fi', 'fails'],
    ['if [ -n "$X" ]; then gate; fi', 'undecided'],
    ['for f in a b; do gate "$f"; done', 'fails'],
    ['OUT=$(gate)', 'fails'],
    ['echo "$(gate)"', 'swallowed'],
    ['exit 0\ngate', 'swallowed'],
    ['exec true\ngate', 'swallowed'],
    ['exec >log\ngate', 'fails'],
    ['(gate)', 'fails'],
    ['check() { gate; }\ncheck', 'undecided'],
  ])('%j %s', (script, expected) => {
    expect(fateOf(script)).toBe(expected);
  });
});
