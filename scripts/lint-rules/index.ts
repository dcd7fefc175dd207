import type { ESLint } from 'eslint';
import { classHoldsState } from './class-holds-state.ts';
import { erasableSyntax } from './erasable-syntax.ts';
import { modelDocs } from './model-docs.ts';
import { noDefaultExport } from './no-default-export.ts';
import { wholeTests } from './whole-tests.ts';

/** The house style, as far as a machine can see it. */
export const houseRules = {
  meta: { name: 'house' },
  rules: {
    'class-holds-state': classHoldsState,
    'erasable-syntax': erasableSyntax,
    'model-docs': modelDocs,
    'no-default-export': noDefaultExport,
    'whole-tests': wholeTests,
  },
} satisfies ESLint.Plugin;
