import type { YamlNode } from '../../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../../model/index.ts';
import type { HelmRelease } from '../types.ts';
import { GATEKEEPER, KYVERNO } from './admission.ts';
import { CLUSTER_AUTOSCALER, METRICS_SERVER } from './cluster.ts';
import { CERT_MANAGER, INGRESS_NGINX, LOAD_BALANCER_CONTROLLER } from './ingress.ts';
import { isNulled, lookUp } from './lookup.ts';
import { CILIUM, TIGERA_OPERATOR } from './network.ts';
import { EXTERNAL_SECRETS, SECRETS_STORE, SECRETS_STORE_AWS } from './secrets.ts';
import type { ChartSetting, ChartSummary } from './types.ts';

const SUMMARIES: readonly ChartSummary[] = [
  KYVERNO,
  GATEKEEPER,
  TIGERA_OPERATOR,
  CILIUM,
  SECRETS_STORE,
  SECRETS_STORE_AWS,
  LOAD_BALANCER_CONTROLLER,
  EXTERNAL_SECRETS,
  CERT_MANAGER,
  INGRESS_NGINX,
  METRICS_SERVER,
  CLUSTER_AUTOSCALER,
];

/** A summary that stands for the chart of a release. */
export interface FoundSummary {
  readonly summary: ChartSummary;
  /** Why it may be another chart, or another version than the summary describes; undefined where it is that one. */
  readonly doubt?: string;
}

/** The summary of the chart of a release, by the chart's name; undefined where there is none. */
export function summaryOf(release: HelmRelease): FoundSummary | undefined {
  const { chart, repository } = release;
  if (chart.unknown !== undefined || /^[./]/.test(chart.text)) return undefined;
  const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(chart.text) ?? [];
  const summary = SUMMARIES.find((one) => one.chart === name.replace(/-v?\d[\w.+-]*\.tgz$/, ''));
  if (summary === undefined) return undefined;
  const doubt =
    doubtOfSource(summary, repository === undefined ? folder : repository.text, repository?.unknown) ??
    doubtOfVersion(summary, release);
  return { summary, ...(doubt === undefined ? {} : { doubt }) };
}

/** What a release makes of a setting of its chart. */
export type SettingValue =
  | { readonly kind: 'given'; readonly node: YamlNode }
  | { readonly kind: 'default'; readonly value: ChartSetting['default']; readonly at: SourceLocation }
  | { readonly kind: 'unknown'; readonly why: string; readonly at: SourceLocation };

/** The value of a setting by its name; undefined where the summary has no such setting. */
export function settingOf(release: HelmRelease, name: string): SettingValue | undefined {
  const found = summaryOf(release);
  const setting = found?.summary.settings.find((one) => one.name === name);
  if (found === undefined || setting === undefined) return undefined;
  const { path } = setting;
  const given = lookUp(release, path);
  if (given.kind === 'given') return given;
  if (given.kind === 'unknown') return { kind: 'unknown', why: given.why, at: given.node?.at ?? release.at };
  if (isNulled(release, path))
    return { kind: 'unknown', why: `null takes the default of ${path} away`, at: release.at };
  return found.doubt === undefined
    ? { kind: 'default', value: setting.default, at: release.at }
    : { kind: 'unknown', why: found.doubt, at: release.at };
}

function doubtOfSource(
  { chart, repositories }: ChartSummary,
  source: string,
  unknown: string | undefined,
): string | undefined {
  if (unknown !== undefined) return `the repository of the chart is not known: ${unknown}`;
  const written = source.replace(/\/+$/, '');
  if (repositories.some((one) => written === one || written.startsWith(`${one}/`))) return undefined;
  return source === ''
    ? `nothing says which repository the chart ${chart} comes from`
    : `the chart ${chart} comes from ${source}, which is not where its project publishes it`;
}

function doubtOfVersion({ chart, from }: ChartSummary, { version }: HelmRelease): string | undefined {
  if (version === undefined) return undefined;
  if (version.unknown !== undefined) return `the version of the chart is not known: ${version.unknown}`;
  const [least, written] = [numbersOf(from), numbersOf(version.text)];
  if (least === undefined || written === undefined)
    return `${version.text} is a range of versions of the chart ${chart}`;
  const index = least.findIndex((number, at) => number !== written[at]);
  const isOlder = index >= 0 && (written[index] ?? 0) < (least[index] ?? 0);
  return isOlder
    ? `the summary of the chart ${chart} begins with version ${from}, and this is ${version.text}`
    : undefined;
}

function numbersOf(version: string): readonly number[] | undefined {
  const [, major, minor, patch] = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+][\w.+-]*)?$/.exec(version.trim()) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
