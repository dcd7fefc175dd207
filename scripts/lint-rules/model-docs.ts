import type { Rule } from 'eslint';

/** The vocabulary explains itself: every export of src/model/ has a docstring, or follows the one that it belongs to. */
export const modelDocs: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { undocumented: 'Say in one sentence what it means: src/model/ is the vocabulary of everything else.' },
  },
  create(context) {
    if (!/(?:^|[\\/])src[\\/]model[\\/][\w-]+\.ts$/.test(context.filename)) return {};
    const { sourceCode } = context;
    let lastLine = Number.NaN;
    return {
      ExportNamedDeclaration(node) {
        const comment = sourceCode.getCommentsBefore(node).at(-1);
        const documented = comment?.type === 'Block' && comment.value.startsWith('*');
        // `export const LAYERS = […]` and on the next line `export type Layer = (typeof LAYERS)[number]`: one thing.
        const together = node.loc?.start.line === lastLine + 1;
        if (node.declaration && !documented && !together) context.report({ node, messageId: 'undocumented' });
        lastLine = node.loc?.end.line ?? Number.NaN;
      },
    };
  },
};
