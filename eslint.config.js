// @ts-check
import { defineConfig } from 'eslint/config';
import { tsImport } from 'tsx/esm/api';
import tseslint from 'typescript-eslint';

/** Our own rules are TypeScript like everything else; this file is JavaScript so that editors load it as it is. */
const { houseRules } = /** @type {typeof import('./scripts/lint-rules/index.ts')} */ (
  await tsImport('./scripts/lint-rules/index.ts', import.meta.url)
);

const TESTS = ['**/*.test.ts', 'test/**', 'web/test/**'];
const CONFIGS = ['*.config.ts', '*.config.js', 'web/*.config.ts', '.dependency-cruiser.mjs'];

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/node_modules/**',
      // Input of tests and of the tool, not code of ours.
      'examples/**',
      'src/threats/**/cases/**',
      'conformance/**/suites/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house: houseRules },
    rules: {
      'house/no-default-export': 'error',
      'house/class-holds-state': 'error',
      'house/erasable-syntax': 'error',
      'house/model-docs': 'error',
      'house/whole-tests': 'error',
      eqeqeq: 'error',
      'no-cond-assign': 'error',
      'no-constructor-return': 'error',
      'no-debugger': 'error',
      'no-empty': ['error', { allowEmptyCatch: true }],
      'no-empty-character-class': 'error',
      'no-empty-pattern': 'error',
      'no-extend-native': 'error',
      'no-irregular-whitespace': 'error',
      'no-misleading-character-class': 'error',
      'no-prototype-builtins': 'error',
      'no-self-compare': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-backreference': 'error',
      'no-useless-escape': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/prefer-optional-chain': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A number in a message is what it looks like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => list.push(x)` and `return fail(…)` read well; what matters is caught by no-floating-promises.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Spreading a string into its code points is what is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `${'AKIA'}…` keeps planted secrets from looking like real ones in our own tree.
      '@typescript-eslint/no-unnecessary-template-expression': 'off',
      // Contracts are records of functions: none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // Contracts are async where one implementation needs it.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    // Walls say what may be imported; these two say what the rooms without I/O may not reach by a global.
    files: ['src/**/*.ts'],
    ignores: ['src/sources/**', 'src/surfaces/**', ...TESTS],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Only sources and surfaces touch the network.' },
        { name: 'process', message: 'Only sources and surfaces touch the process: take what you need as an argument.' },
        { name: 'console', message: 'Only surfaces print.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an input: use `now` of the context.' },
        { object: 'Math', property: 'random', message: 'The same input has the same digest.' },
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // The mistakes that these catch fail the test.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: CONFIGS, rules: { 'house/no-default-export': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
