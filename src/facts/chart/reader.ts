import { child, itemsOf, parseYaml, textOf } from '../../lib/yaml/index.ts';
import type { FactReader } from '../../model/index.ts';
import { optional } from '../workflow/read-steps.ts';

/** A Helm chart on disk: templates that are no YAML until they are rendered. */
export interface ChartFact {
  /** Path of its Chart.yaml. */
  readonly path: string;
  /** Folder of the chart, `.` for the root. */
  readonly folder: string;
  readonly name?: string;
  readonly version?: string;
  /** A chart of the type `library` installs nothing by itself. */
  readonly isLibrary: boolean;
  /** Names of the charts that it needs; `charts/` holds those that were brought. */
  readonly dependencies: readonly string[];
  /** Set where its objects are Kubernetes facts. */
  readonly isRendered?: true;
}

/** Reads Chart.yaml: https://helm.sh/docs/topics/charts/. Every chart is also a gap until it is rendered. */
export const chartReader: FactReader<'chart', ChartFact> = {
  kind: 'chart',
  belongsTo: 'product',
  selects: (path) => /(?:^|\/)Chart\.yaml$/.test(path),
  read({ path, text }) {
    const [document] = parseYaml(path, text);
    const folder = path === 'Chart.yaml' ? '.' : path.slice(0, -'/Chart.yaml'.length);
    const root = document?.ok === true ? document.root : undefined;
    const name = textOf(child(root, 'name'));
    return {
      facts: [
        {
          path,
          folder,
          ...optional('name', name),
          ...optional('version', textOf(child(root, 'version'))),
          isLibrary: textOf(child(root, 'type')) === 'library',
          dependencies: itemsOf(child(root, 'dependencies')).flatMap((one) => textOf(child(one, 'name')) ?? []),
        },
      ],
      unread: [
        {
          path,
          reason: 'unrendered-template',
          message: `the chart ${name ?? folder} is not rendered, so what it deploys is not in sight`,
          closes: 'fourproof verify --render',
        },
      ],
    };
  },
};

/** Whether a path lies in the templates, values or subcharts of a chart. */
export function isInChart(path: string, paths: ReadonlySet<string>): boolean {
  let folder = path;
  for (;;) {
    const slash = folder.lastIndexOf('/');
    folder = slash < 0 ? '' : folder.slice(0, slash);
    const below = folder === '' ? path : path.slice(folder.length + 1);
    if (
      paths.has(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`) &&
      /^(?:templates\/|charts\/|crds\/|values[^/]*\.ya?ml$|Chart\.)/.test(below)
    )
      return true;
    if (folder === '') return false;
  }
}
