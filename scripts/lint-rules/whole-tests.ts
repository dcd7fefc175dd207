import type { Rule } from 'eslint';

const RUNNERS = new Set(['it', 'test', 'describe', 'bench']);
const HALF = new Set(['skip', 'only', 'todo', 'fails', 'skipIf', 'runIf']);

/** A test that does not run says nothing: none is skipped, singled out or only announced. */
export const wholeTests: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { half: '`.{{how}}` leaves tests out: mend the test or remove it.' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        const how = node.property.type === 'Identifier' ? node.property.name : '';
        if (HALF.has(how) && RUNNERS.has(baseName(node.object))) {
          context.report({ node, messageId: 'half', data: { how } });
        }
      },
    };
  },
};

/** `it` of `it`, `it.each` and `it.each(table)`. */
function baseName(node: { readonly type: string }): string {
  if ('name' in node && typeof node.name === 'string') return node.name;
  if ('object' in node) return baseName(node.object as { type: string });
  if ('callee' in node) return baseName(node.callee as { type: string });
  return '';
}
