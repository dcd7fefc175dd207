import type { Rule } from 'eslint';

/** Types can be erased and what is left runs: unions in place of enums, fields in place of parameter properties. */
export const erasableSyntax: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      enum: 'Write a union of strings in place of an enum.',
      parameter: 'Declare the field and assign it: parameter properties are no JavaScript.',
      namespace: 'A module is the namespace.',
    },
  },
  create(context) {
    return {
      TSEnumDeclaration: (node: Rule.Node) => context.report({ node, messageId: 'enum' }),
      TSParameterProperty: (node: Rule.Node) => context.report({ node, messageId: 'parameter' }),
      'TSModuleDeclaration[declare!=true]': (node: Rule.Node) => context.report({ node, messageId: 'namespace' }),
    };
  },
};
