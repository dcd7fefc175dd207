export { compileRe2, MAX_BACKTRACKING, type CompiledRe2, type Re2 } from './compile.ts';
export { groupOf, type GroupMatch } from './groups.ts';
export { parseRe2, type ParsedRe2 } from './parse.ts';
