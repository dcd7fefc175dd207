import { imagesOf, type ChartImage } from '../../../engines/terraform/kubernetes/index.ts';
import { matchesPathGlob } from '../../../lib/glob.ts';
import type { Gap } from '../../../model/index.ts';
import type { Context } from '../../context.ts';
import type { Reference } from './reference.ts';

/** Images of the charts that Terraform installs, by dated summaries of well-known charts; every other chart is a gap. */
export function releasedImages({ terraform, product }: Pick<Context, 'terraform' | 'product'>): {
  readonly references: readonly Reference[];
  readonly gaps: readonly Gap[];
} {
  const references: Reference[] = [];
  const gaps: Gap[] = [];
  for (const release of terraform.releases) {
    if (release.rendered !== undefined || !product.paths.some((glob) => matchesPathGlob(glob, release.path))) continue;
    const { images, complete, missing, summary = 'no summary' } = imagesOf(release);
    references.push(...images.map((image) => toReference(release.address, summary, image)));
    if (!complete) {
      gaps.push({
        reason: 'unrendered-template',
        message: `${release.address} installs the chart ${release.chart.unknown ?? release.chart.text}, which is not rendered: ${missing.join('; ') || 'what it runs is not in sight'}`,
        at: release.at,
        identity: release.address,
        closes: `helm template ${release.name.text} ${release.chart.text} > rendered.yaml`,
      });
    }
  }
  return { references, gaps };
}

/** A tag that only the chart knows is no digest, and which one it is cannot be shown: it is left open. */
function toReference(
  address: string,
  summary: string,
  { role, reference, name, unknown, doubt, pinnedByChart, at }: ChartImage,
): Reference {
  const common = { at, user: `${address} ${role} (${summary})`, origin: 'terraform' as const };
  if (reference !== undefined)
    return { ...common, text: reference, written: reference, missing: [], ...(doubt === undefined ? {} : { doubt }) };
  const chosen =
    pinnedByChart === true ? 'the digest that the chart names' : 'the tag that the version of the chart chooses';
  const why = unknown ?? chosen;
  return { ...common, text: undefined, written: name ?? `(${why})`, missing: [], unknown: why };
}
