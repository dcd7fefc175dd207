export { renderChangesMarkdown } from './markdown/changes.ts';
export { renderChanges } from './terminal/changes.ts';
