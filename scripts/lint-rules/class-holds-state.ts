import type { Rule } from 'eslint';

/** Classes hold state, seen by a private `#` field, or are errors that a caller tells apart. Everything else is a function. */
export const classHoldsState: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { stateless: 'A class without a `#` field holds no state: write functions (typed errors extend Error).' },
  },
  create(context) {
    function check(node: ClassNode): void {
      const { superClass } = node;
      const isError = superClass?.type === 'Identifier' && superClass.name.endsWith('Error');
      const holdsState = node.body.body.some((member) => 'key' in member && member.key.type === 'PrivateIdentifier');
      if (!isError && !holdsState) context.report({ node, messageId: 'stateless' });
    }
    return { ClassDeclaration: check, ClassExpression: check };
  },
};

type Listener<K extends 'ClassDeclaration' | 'ClassExpression'> = Parameters<NonNullable<Rule.RuleListener[K]>>[0];
type ClassNode = Listener<'ClassDeclaration'> | Listener<'ClassExpression'>;
