import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { houseRules } from './index.ts';

RuleTester.describe = describe;
RuleTester.it = (name: string, run: () => void) => it(name, () => expect(run).not.toThrow());
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const { rules } = houseRules;

tester.run('no-default-export', rules['no-default-export'], {
  valid: ['export const a = 1;', "export { a } from './a.ts';"],
  invalid: [
    { code: 'export default 1;', errors: [{ messageId: 'named' }] },
    { code: "export { a as default } from './a.ts';", errors: [{ messageId: 'named' }] },
  ],
});

tester.run('class-holds-state', rules['class-holds-state'], {
  valid: ['class Book { #pages = 0; }', 'class Missing extends Error {}', 'class Odd extends RangeError { code = 1; }'],
  invalid: [
    { code: 'class Tools { run() {} }', errors: [{ messageId: 'stateless' }] },
    { code: 'export const A = class { static of() {} };', errors: [{ messageId: 'stateless' }] },
    { code: 'class Child extends Parent { name = 1; }', errors: [{ messageId: 'stateless' }] },
  ],
});

tester.run('erasable-syntax', rules['erasable-syntax'], {
  valid: ["type Colour = 'red' | 'blue';", 'declare module "a" {}', 'class A { #b; constructor(b) { this.#b = b; } }'],
  invalid: [
    { code: 'enum Colour { Red }', errors: [{ messageId: 'enum' }] },
    { code: 'class A { constructor(private readonly b: number) {} }', errors: [{ messageId: 'parameter' }] },
    { code: 'namespace A { export const b = 1; }', errors: [{ messageId: 'namespace' }] },
  ],
});

tester.run('whole-tests', rules['whole-tests'], {
  valid: ["it('runs', () => {});", 'it.each([1])("runs", () => {});', 'list.only();', 'page.skip(1);'],
  invalid: [
    { code: "it.skip('later', () => {});", errors: [{ messageId: 'half' }] },
    { code: "describe.only('one', () => {});", errors: [{ messageId: 'half' }] },
    { code: "test.todo('some day');", errors: [{ messageId: 'half' }] },
    { code: "it.only.each([1])('one', () => {});", errors: [{ messageId: 'half' }] },
    { code: "it.concurrent.skip('later', () => {});", errors: [{ messageId: 'half' }] },
  ],
});

const MODEL = 'src/model/shape.ts';
tester.run('model-docs', rules['model-docs'], {
  valid: [
    { filename: MODEL, code: '/** A shape. */\nexport interface Shape {}' },
    { filename: MODEL, code: '/** All shapes. */\nexport const A = [1];\nexport type B = (typeof A)[number];' },
    { filename: MODEL, code: "export * from './other.ts';\nexport { a } from './a.ts';" },
    { filename: 'src/model/shape.test.ts', code: 'export const a = 1;' },
    { filename: 'src/lib/shape.ts', code: 'export const a = 1;' },
  ],
  invalid: [
    { filename: MODEL, code: 'export interface Shape {}', errors: [{ messageId: 'undocumented' }] },
    { filename: MODEL, code: '// A shape.\nexport type Shape = 1;', errors: [{ messageId: 'undocumented' }] },
    {
      filename: MODEL,
      code: '/** One. */\nexport const a = 1;\n\nexport const b = 2;',
      errors: [{ messageId: 'undocumented' }],
    },
  ],
});
