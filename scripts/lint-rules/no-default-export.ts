import type { Rule } from 'eslint';

/** A thing has one name everywhere: only files that a tool loads by their default export may have one. */
export const noDefaultExport: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { named: 'Export it by name: default exports are for the config files of tools.' },
  },
  create(context) {
    return {
      ExportDefaultDeclaration: (node) => context.report({ node, messageId: 'named' }),
      'ExportSpecifier[exported.name="default"]': (node: Rule.Node) => context.report({ node, messageId: 'named' }),
    };
  },
};
