import { flagValue, flagValues, hasFlag, input, positional } from '../../../engines/gates/options.ts';
import type { Caught } from '../../../engines/gates/drill.ts';
import type { Invocation } from '../../../engines/gates/types.ts';
import { matchesWholePath } from '../../../lib/glob.ts';
import { child, itemsOf, parseYaml, textOf, type YamlNode } from '../../../lib/yaml/index.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import type { FileTree } from '../../../model/index.ts';
import { parseImageReference } from '../../../lib/image-reference.ts';
import type { PlantedDockerfile } from './planted.ts';

/** What scanners make of a planted Dockerfile, by their documentation: {@link AS_OF} of the gates engine dates it. */
export function modelled(attack: PlantedDockerfile, call: Invocation, hadolint: YamlNode | undefined): Caught {
  switch (call.tool.id) {
    case 'hadolint':
      return byHadolint(attack, call, hadolint);
    case 'checkov':
      return byCheckov(attack, call);
    case 'trivy':
      return byTrivy(attack, call);
    case 'semgrep':
      return bySemgrep(call);
    default:
      return {
        answer: 'undecided',
        how: 'modelled',
        why: `what ${call.tool.name} makes of it is not modelled`,
        reason: 'engine-missing',
      };
  }
}

function yes(why: string): Caught {
  return { answer: 'yes', how: 'modelled', why };
}

function no(why: string): Caught {
  return { answer: 'no', how: 'modelled', why };
}

function undecided(why: string): Caught {
  return { answer: 'undecided', how: 'modelled', why, reason: 'unresolved-value' };
}

const CONFIGURATIONS: Readonly<Record<string, RegExp>> = {
  checkov: /^\.checkov\.ya?ml$/,
  trivy: /^(?:trivy\.ya?ml|\.trivyignore(?:\.ya?ml)?)$/,
};

/** A configuration that the tool finds by itself and that is not read here: what it then looks for cannot be told. */
export function configured(call: Invocation, tree: FileTree): Caught | undefined {
  const name = CONFIGURATIONS[call.tool.id];
  const found = name === undefined ? undefined : tree.files.find((file) => name.test(file.path));
  return found === undefined ? undefined : undecided(`it takes ${found.path} into account, which is not read here`);
}

/** The team's hadolint configuration, which hadolint finds by itself. */
export async function hadolintConfig(tree: FileTree): Promise<YamlNode | undefined> {
  const path = ['.hadolint.yaml', '.hadolint.yml'].find((name) => tree.files.some((file) => file.path === name));
  const content = path === undefined ? undefined : await tree.read(path);
  if (path === undefined || content?.ok !== true) return undefined;
  const [document] = parseYaml(path, decodeText(content.bytes));
  return document?.ok === true ? document.root : undefined;
}

const HADOLINT_RULES: Readonly<Record<string, readonly [rule: string, level: string]>> = {
  'root-user': ['DL3002', 'warning'],
  'look-alike-base': ['DL3026', 'error'],
};
const LEVELS = ['error', 'warning', 'info', 'style'];

function byHadolint(attack: PlantedDockerfile, call: Invocation, config: YamlNode | undefined): Caught {
  if (flagValue(call, ['--config', '-c']) !== undefined || input(call, ['config']) !== undefined)
    return undecided('it takes a configuration of its own, which is not read here');
  const looks = looksAtFile(attack.path, call);
  if (looks !== undefined) return looks;
  const [rule, level] = HADOLINT_RULES[attack.id] ?? [];
  if (rule === undefined || level === undefined) return no('it has no rule for it');
  const ignored = [
    ...itemsOf(child(config, 'ignored')).flatMap((item) => textOf(item) ?? []),
    ...flagValues(call, ['--ignore']),
    ...(input(call, ['ignore']) ?? '').split(/[\s,]+/),
  ];
  if (ignored.includes(rule)) return no(`${rule} is ignored`);
  if (textOf(child(config, 'no-fail')) === 'true') return no('`no-fail: true` in its configuration');
  const override = LEVELS.find((name) =>
    itemsOf(child(child(config, 'override'), name)).some((item) => textOf(item) === rule),
  );
  const threshold =
    flagValue(call, ['--failure-threshold', '-t']) ??
    input(call, ['failure-threshold']) ??
    textOf(child(config, 'failure-threshold')) ??
    'info';
  const effective = override ?? level;
  if (threshold === 'none' || LEVELS.indexOf(effective) > LEVELS.indexOf(threshold === 'ignore' ? 'style' : threshold))
    return no(`${rule} is a ${effective}, below its threshold \`${threshold}\``);
  if (attack.id !== 'look-alike-base') return yes(`${rule} (${effective})`);
  const trusted = [
    ...itemsOf(child(config, 'trustedRegistries')).flatMap((item) => textOf(item) ?? []),
    ...flagValues(call, ['--trusted-registry']),
    ...(input(call, ['trusted-registries']) ?? '').split(/[\s,]+/),
  ].filter((item) => item !== '');
  if (trusted.length === 0) return no(`${rule} needs trustedRegistries, and none are set`);
  const registry = parseImageReference(attack.base ?? '')?.registry ?? '';
  return trusted.some(
    (item) =>
      item === registry ||
      item === '*' ||
      (item.startsWith('*') && registry.endsWith(item.slice(1))) ||
      (item.endsWith('*') && registry.startsWith(item.slice(0, -1))),
  )
    ? no(`${rule} trusts the whole registry ${registry}`)
    : yes(`${rule}: ${registry} is not trusted`);
}

/** Undefined where it looks at the file; otherwise why not, or why that cannot be told. */
function looksAtFile(path: string, call: Invocation): Caught | undefined {
  if (call.via === 'action') {
    const wanted = input(call, ['dockerfile']) ?? 'Dockerfile';
    const recursive = input(call, ['recursive']) === 'true';
    const name = path.split('/').at(-1) ?? path;
    return (recursive ? matchesWholePath(wanted, name) : wanted.replace(/^\.\//, '') === path)
      ? undefined
      : no(`it looks at ${wanted} only`);
  }
  const files = positional(call).filter((word) => /dockerfile|containerfile|[*/$]/i.test(word));
  if (files.length === 0 || files.some((word) => word.includes('$')))
    return undecided('which files it looks at cannot be told');
  return files.some((word) => matchesWholePath(word.replace(/^\.\//, ''), path))
    ? undefined
    : no(`it looks at ${files.join(', ')} only`);
}

const CHECKOV_RULES: Readonly<Record<string, string>> = { 'root-user': 'CKV_DOCKER_8', 'remote-add': 'CKV_DOCKER_4' };

function byCheckov(attack: PlantedDockerfile, call: Invocation): Caught {
  const framework = flagValue(call, ['--framework']) ?? input(call, ['framework']);
  if (framework !== undefined && !/\b(?:all|dockerfile)\b/.test(framework)) return no(`its framework is ${framework}`);
  if (hasFlag(call, '--config-file') || input(call, ['config_file']) !== undefined)
    return undecided('it takes a configuration file, which is not read here');
  const rule = CHECKOV_RULES[attack.id];
  if (rule === undefined)
    return attack.id === 'secret-in-env'
      ? undecided('whether its secrets framework sees it is not modelled')
      : no('it has no rule for it');
  const chosen = flagValue(call, ['--check', '-c']) ?? input(call, ['check']);
  const skipped = flagValue(call, ['--skip-check']) ?? input(call, ['skip_check']);
  if (chosen !== undefined && !chosen.includes(rule)) return no(`its --check leaves out ${rule}`);
  if (skipped?.includes(rule) === true) return no(`its --skip-check has ${rule}`);
  return yes(rule);
}

const TRIVY_RULES: Readonly<Record<string, readonly [rule: string, severity: string]>> = {
  'root-user': ['DS-0002', 'HIGH'],
  'remote-add': ['DS-0005', 'LOW'],
  'secret-in-env': ['DS-0031', 'CRITICAL'],
};

function byTrivy(attack: PlantedDockerfile, call: Invocation): Caught {
  const [rule, severity] = TRIVY_RULES[attack.id] ?? [];
  if (rule === undefined || severity === undefined) return no('it has no rule for it');
  const wanted = flagValue(call, ['--severity', '-s']) ?? input(call, ['severity']);
  if (wanted !== undefined && !wanted.includes(severity))
    return no(`${rule} is ${severity}, and it looks at ${wanted} only`);
  return yes(`${rule} (${severity})`);
}

function bySemgrep(call: Invocation): Caught {
  const configs = [
    ...flagValues(call, ['--config', '-c', '-f']),
    ...(input(call, ['config']) ?? '').split(/\s+/),
  ].filter((item) => item !== '');
  const remote = configs.length === 0 || configs.some((config) => /^(?:auto|p\/|r\/|s\/|https?:)/.test(config));
  if (remote)
    return {
      answer: 'undecided',
      how: 'modelled',
      why: `its rules (${configs.join(', ') || 'none named'}) come from elsewhere at run time and cannot be drilled`,
    };
  return {
    answer: 'undecided',
    how: 'modelled',
    why: `this version does not run the Semgrep rules of ${configs.join(', ')}`,
    reason: 'engine-missing',
  };
}
