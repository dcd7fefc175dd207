export { renderMarkdown } from './report.ts';
