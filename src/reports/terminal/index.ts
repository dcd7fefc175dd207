export { renderChanges } from './changes.ts';
export { renderExplanation } from './explanation.ts';
export type { TerminalOptions } from './paper.ts';
export { renderTerminal } from './report.ts';
