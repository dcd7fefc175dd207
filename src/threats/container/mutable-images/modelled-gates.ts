import type { Caught } from '../../../engines/gates/drill.ts';
import { flagValues, input, isOpen } from '../../../engines/gates/options.ts';
import type { Gate, Invocation } from '../../../engines/gates/types.ts';
import type { Context } from '../../context.ts';
import { isMovable, type PlantedReference } from './planted-references.ts';

/** Tools whose answer to a movable reference is executed, documented, or not known; all others look at something else. */
export const KNOWN: ReadonlySet<string> = new Set([
  'fourproof',
  'zizmor',
  'pinact',
  'ensure-sha-pinned',
  'checkov',
  'semgrep',
  'kics',
  'conftest',
  'kube-linter',
  'kube-score',
  'kyverno',
  'poutine',
  'megalinter',
]);

/** Whether a gate objects to a planted reference. */
export function catches(
  attack: PlantedReference,
  { call }: Gate,
  { repository: tree }: Pick<Context, 'repository'>,
): Caught {
  const isAction = attack.id === 'movable-action';
  switch (call.tool.id) {
    case 'fourproof':
      return isMovable(attack)
        ? { answer: 'yes', how: 'executed', why: 'our own control says open on the copy' }
        : executedNo('our own control does not object');
    case 'zizmor':
      if (!isAction) return no('it reads workflows only');
      return (
        configured(tree, /^(?:\.github\/)?zizmor\.ya?ml$/) ??
        limited(call, attack.path) ??
        yes('its audit unpinned-uses asks for a commit')
      );
    case 'pinact':
      if (!isAction) return no('it reads workflows only');
      return configured(tree, /^\.?(?:github\/)?\.?pinact\.ya?ml$/) ?? yes('it asks for a commit');
    case 'ensure-sha-pinned':
      if (!isAction) return no('it reads workflows only');
      return input(call, ['allowlist']) === undefined
        ? yes('it asks for a commit')
        : undecided('its `allowlist` is not modelled');
    case 'checkov':
      if (attack.id !== 'movable-pod-image') return no('it has no rule for this reference');
      return configured(tree, /^\.checkov\.ya?ml$/) ?? checkovSees(call, attack.path);
    case 'semgrep':
      return undecided('this version does not run Semgrep rules');
    case 'kube-linter':
    case 'kube-score':
    case 'kyverno':
      return attack.id === 'movable-pod-image'
        ? undecided(`what ${call.tool.name} makes of it is not modelled`)
        : no('it reads manifests only');
    case 'poutine':
      return isAction ? undecided('what poutine makes of it is not modelled') : no('it reads workflows only');
    default:
      return undecided(`what ${call.tool.name} makes of it is not modelled`);
  }
}

/** CKV_K8S_43 asks for a digest, unless the call chooses other checks, files or levels. */
function checkovSees(call: Invocation, path: string): Caught {
  const all = (flags: readonly string[], name: string): string[] =>
    [...flagValues(call, flags), ...(input(call, [name]) ?? '').split(',')]
      .flatMap((value) => value.split(','))
      .map((value) => value.trim())
      .filter((value) => value !== '');
  const chosen = all(['--check', '-c'], 'check');
  const skipped = all(['--skip-check'], 'skip_check');
  const frameworks = all(['--framework'], 'framework');
  const leftOut = all(['--skip-framework'], 'skip_framework');
  if ([...chosen, ...skipped, ...frameworks, ...leftOut].some(isOpen))
    return undecided('an expression decides its checks');
  if (skipped.includes('CKV_K8S_43')) return no('it is told to skip CKV_K8S_43');
  if (chosen.length > 0 && !chosen.includes('CKV_K8S_43'))
    return chosen.every((id) => /^CKV/.test(id))
      ? no('it is told to run other checks only')
      : undecided('the checks that it is told to run are not modelled');
  if (skipped.some((id) => !/^CKV2?_/.test(id) || id.includes('*')))
    return undecided('the checks that it is told to skip are not modelled');
  if (
    leftOut.includes('kubernetes') ||
    (frameworks.length > 0 && !frameworks.some((name) => name === 'kubernetes' || name === 'all'))
  )
    return no('it is told to leave manifests out');
  if (
    call.args.some((arg) => /^--(?:soft|hard)-fail-on/.test(arg)) ||
    input(call, ['soft_fail_on', 'hard_fail_on', 'config_file', 'baseline']) !== undefined
  )
    return undecided('the levels at which it fails are not modelled');
  const folders = [...all(['-d', '--directory'], 'directory'), ...all(['-f', '--file'], 'file')];
  return looksAt(folders, path) ? yes('CKV_K8S_43 asks for a digest') : no(`it looks at ${folders.join(', ')} only`);
}

/** zizmor given other files than those of the attack. */
function limited(call: Invocation, path: string): Caught | undefined {
  const folders =
    call.via === 'action'
      ? (input(call, ['inputs']) ?? '.').split(/\s+/)
      : call.args.filter((arg) => /^[.\w/-]*(?:\/|\.ya?ml$|^\.$)/.test(arg) && !arg.startsWith('-'));
  if (looksAt(folders, path)) return undefined;
  return folders.some(isOpen)
    ? undecided('an expression decides what it looks at')
    : no(`it looks at ${folders.join(', ')} only`);
}

function looksAt(folders: readonly string[], path: string): boolean {
  const plain = folders.map((folder) => folder.replace(/^\.\//, '').replace(/\/$/, ''));
  return (
    plain.length === 0 ||
    plain.some((folder) => folder === '.' || folder === '' || folder === path || path.startsWith(`${folder}/`))
  );
}

/** A config file of the tool may switch the rule off. */
function configured(tree: Context['tree'], name: RegExp): Caught | undefined {
  const path = tree.files.find((file) => name.test(file.path))?.path;
  return path === undefined ? undefined : undecided(`${path} may switch its rule off, and is not modelled`);
}

function yes(why: string): Caught {
  return { answer: 'yes', how: 'modelled', why };
}

function no(why: string): Caught {
  return { answer: 'no', how: 'modelled', why };
}

function executedNo(why: string): Caught {
  return { answer: 'no', how: 'executed', why };
}

function undecided(why: string): Caught {
  return { answer: 'undecided', how: 'modelled', why };
}
