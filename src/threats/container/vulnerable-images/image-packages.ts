import { charts, composeServices, dockerfiles, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every package in every layer of every image that the product builds or runs. */
export const imagePackages = undecided({
  id: 'image-packages',
  kind: 'exposure',
  title: 'No image holds a package with a known vulnerability at or above the threshold',
  needs: ['dockerfile', 'kubernetes', 'chart', 'compose'],
  found: (context) => [...dockerfiles(context), ...workloads(context), ...composeServices(context), ...charts(context)],
  missing: 'this version has no reader of image layers, SBOMs or scan reports, and no advisory database',
  closes: 'check by hand: grype <image>',
});
