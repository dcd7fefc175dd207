export { settingOf } from './charts/find-summary.ts';
export { imagesOf, type ChartImage } from './charts/images.ts';
export { kubernetesFacts } from './kubernetes-facts.ts';
export type { HelmRelease } from './types.ts';
