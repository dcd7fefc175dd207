import { isInChart, type ChartFact } from '../../facts/chart/reader.ts';
import type { KubernetesFact } from '../../facts/kubernetes/types.ts';
import { plain, type YamlNode } from '../../lib/yaml/index.ts';
import type { FileTree, Render, RenderRequest, Unread } from '../../model/index.ts';
import type { EvaluatedFacts } from '../terraform/evaluate-facts.ts';
import type { HelmRelease } from '../terraform/kubernetes/index.ts';
import { joinPath } from '../terraform/paths.ts';
import { readFiles } from './read-files.ts';
import { renderedObjects } from './rendered-objects.ts';

type Installed =
  | { readonly ok: true; readonly objects: readonly KubernetesFact[]; readonly by: string }
  | { readonly ok: false; readonly why: string; readonly closes?: string };

/**
 * Renders every chart that is no part of another: as Terraform installs it where it does, otherwise with the chart's
 * own values. What is not rendered stays a gap, which says why.
 */
export async function renderCharts(
  { facts, terraform }: EvaluatedFacts,
  tree: FileTree,
  render: Render,
): Promise<EvaluatedFacts> {
  const paths = new Set(tree.files.map(({ path }) => path));
  const objects: KubernetesFact[] = [];
  const gaps = new Map<string, Unread[]>();
  const renderers = new Map<HelmRelease, string>();
  for (const chart of facts.chart) {
    // A chart inside another is rendered with it; a library is only ever a part.
    if (chart.isLibrary || isInChart(chart.folder, paths)) {
      gaps.set(chart.path, []);
      continue;
    }
    const releases = terraform.releases.filter((release) => installs(release, chart));
    const failures: Unread[] = [];
    for (const release of releases.length === 0 ? [undefined] : releases) {
      const installed = await install(chart, release);
      if (installed.ok) {
        objects.push(...installed.objects);
        if (release !== undefined) renderers.set(release, installed.by);
      } else failures.push(unreadOf(chart, release, installed));
    }
    gaps.set(chart.path, failures);
  }
  return {
    facts: {
      ...facts,
      chart: facts.chart.map((chart) => (gaps.get(chart.path)?.length === 0 ? { ...chart, isRendered: true } : chart)),
      kubernetes: [...facts.kubernetes, ...objects],
      unread: [
        ...facts.unread.filter(({ kind, path }) => kind !== 'chart' || !gaps.has(path)),
        ...[...gaps.values()].flat(),
      ],
    },
    terraform: { ...terraform, releases: terraform.releases.map((release) => withRenderer(release, renderers)) },
  };

  async function install(chart: ChartFact, release: HelmRelease | undefined): Promise<Installed> {
    const folder = chart.folder === '.' ? '' : chart.folder;
    const prefix = folder === '' ? '' : `${folder}/`;
    const missing = chart.dependencies.find((name) => !isBrought(name, `${prefix}charts/`));
    if (missing !== undefined)
      return {
        ok: false,
        why: `it needs the chart ${missing}, which is not in its charts/`,
        closes: `helm dependency build ${chart.folder}`,
      };
    const settings = release === undefined ? undefined : settingsOf(release);
    if (settings?.ok === false) return settings;
    const own = [...paths].filter((path) => path.startsWith(prefix) && !path.endsWith('/values.schema.json'));
    const read = await readFiles(tree, own);
    if (!read.ok) return read;
    const name = chart.name ?? 'chart';
    const rendering = render({ program: 'helm', files: read.files, folder, release: settings?.release ?? { name } });
    if (!rendering.ok) return rendering;
    const found = renderedObjects(rendering.text, rendering.by, (source) => {
      const path = source === undefined ? undefined : `${prefix}${source.slice(source.indexOf('/') + 1)}`;
      return path !== undefined && paths.has(path) ? path : chart.path;
    });
    return found.ok ? { ...found, by: rendering.by } : found;
  }

  function isBrought(name: string, folder: string): boolean {
    return (
      paths.has(`${folder}${name}/Chart.yaml`) ||
      [...paths].some((path) => path.startsWith(`${folder}${name}-`) && /^[^/]+\.tgz$/.test(path.slice(folder.length)))
    );
  }
}

/** Whether a release installs a chart of the tree: its `chart` is a path that leads there. */
function installs({ chart, repository, rootFolder = '' }: HelmRelease, { folder }: ChartFact): boolean {
  if (chart.unknown !== undefined || repository !== undefined || !/^\.{0,2}\/|\//.test(chart.text)) return false;
  return joinPath(rootFolder, chart.text) === (folder === '.' ? '' : folder);
}

type Settings =
  | { readonly ok: true; readonly release: NonNullable<RenderRequest['release']> }
  | { readonly ok: false; readonly why: string };

function settingsOf({ address, name, namespace, values, open }: HelmRelease): Settings {
  const why = open ?? name.unknown ?? namespace?.unknown ?? unknownIn(values);
  if (why !== undefined) return { ok: false, why: `what ${address} installs it with is not known: ${why}` };
  const space = namespace === undefined || namespace.text === '' ? {} : { namespace: namespace.text };
  return { ok: true, release: { name: name.text, ...space, values: JSON.stringify(plain(values)) } };
}

function unknownIn(node: YamlNode): string | undefined {
  if (node.kind === 'scalar') return node.unknown;
  const parts = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  for (const part of parts) {
    const why = unknownIn(part);
    if (why !== undefined) return why;
  }
  return undefined;
}

function unreadOf(
  { path, folder, name }: ChartFact,
  release: HelmRelease | undefined,
  { why, closes }: Extract<Installed, { ok: false }>,
): Unread {
  return {
    kind: 'chart',
    path,
    reason: 'unrendered-template',
    message: `the chart ${name ?? folder} is not rendered: ${why}`,
    ...(release === undefined ? {} : { at: release.at }),
    ...(closes === undefined ? {} : { closes }),
  };
}

function withRenderer(release: HelmRelease, renderers: ReadonlyMap<HelmRelease, string>): HelmRelease {
  const by = renderers.get(release);
  return by === undefined ? release : { ...release, rendered: by };
}
