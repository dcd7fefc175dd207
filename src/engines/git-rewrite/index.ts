export { formsOf, SHORTEST_SECRET } from './forms.ts';
export type { NewObject } from './object-format.ts';
export { MOVED, rewriteReflog } from './reflog.ts';
export { replacerOf, type Replacer } from './replacer.ts';
export { Rewriter } from './rewriter.ts';
