import { describe, expect, it } from 'vitest';
import { evaluateTerraform } from '../evaluate.ts';
import { answerOf, withHoles, type Answer } from '../../../../test/terraform/answers.ts';
import { GENERATED } from '../../../../test/terraform/generate.ts';

const VARIABLES = ['text', 'number', 'flag', 'list', 'map'];

function answers(files: ReadonlyMap<string, string>): Answer {
  const { resources, outputs } = evaluateTerraform('', files);
  const inputs = resources.map(({ address, values }) => [address, values.entries.get('input')] as const);
  return Object.fromEntries(
    [...inputs, ...outputs].flatMap(([name, value]) => (value === undefined ? [] : [[name, answerOf(value)] as const])),
  );
}

describe('a value that is known although a variable is not', () => {
  it.each(GENERATED.map((each) => [each.name, each.files] as const))(
    'is the same for every value of it: %s',
    (_, files) => {
      const concrete = new Map(Object.entries(files));
      const known = answers(concrete);
      for (const name of VARIABLES) {
        // Without its default the variable has no value.
        const pattern = new RegExp(`(variable "${name}" \\{\\n  type    = [^\\n]*\\n)  default = [^\\n]*\\n`);
        const main = (files['main.tf'] ?? '').replace(pattern, '$1');
        expect(main).not.toBe(files['main.tf']);
        const partial = answers(new Map([...concrete, ['main.tf', main]]));
        expect(partial).toEqual(withHoles(known, partial));
      }
    },
  );
});
