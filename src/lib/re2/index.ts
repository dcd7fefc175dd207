export { compileRe2, coreWords, type Re2 } from './compile.ts';
export { groupOf } from './groups.ts';
export { parseRe2 } from './parse.ts';
