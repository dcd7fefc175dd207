import { decode, gateRuleset, packRuleset, planted, type Ruleset } from '../../../engines/secrets/index.ts';
import { runDrill, tryGate, type Attack, type Caught } from '../../../engines/gates/drill.ts';
import { findGates } from '../../../engines/gates/find-gates.ts';
import { findIndirections } from '../../../engines/gates/indirections.ts';
import { flagValue, hasFlag, input } from '../../../engines/gates/options.ts';
import type { Gate, Invocation } from '../../../engines/gates/types.ts';
import { isNonEmpty, type FileTree, type Replayable, type ReplayOutcome } from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { canaries, type Canary } from './canaries.ts';
import { teamConfig } from './team-rules.ts';

/** A pull request that brings a secret is stopped. */
export const secretsGate: FourproofControl = {
  id: 'secrets-gate',
  kind: 'guard',
  title: 'A required check stops a pull request that brings a secret',
  needs: ['workflow', 'action', 'branch-rules'],
  async judge(context) {
    const attacks = attacksFor(context);
    const gates = gatesOf(context);
    const indirections = (await findIndirections(context.facts, context.repository)).filter(
      (item) => item.subjects?.includes('secrets') ?? true,
    );
    const catches = await judgeWith(context, gates);
    if (!isNonEmpty(attacks)) throw new TypeError('the drill always plants three canaries');
    return runDrill({
      claim: 'A pull request that brings a secret of a kind in use cannot be merged.',
      engine: 'secrets-gate',
      attacks,
      gates,
      indirections,
      facts: context.facts,
      catches,
    });
  },
  replay: replayDrill,
};

interface PlantedSecret extends Attack {
  readonly canary: Canary;
}

const TEST = /(?:^|\/)(?:tests?|__tests__|spec|e2e|fixtures?|testdata|examples?|docs?)\/|[._-](?:test|spec)\.\w+$/i;

/** One canary of each kind: those of a format beside a file of that format that ships, the others in the product's folder. */
function attacksFor({ tree, product }: Context): PlantedSecret[] {
  const paths = tree.files.map((file) => file.path);
  const shipped = paths.filter((path) => !path.startsWith('.github/') && !TEST.test(path));
  const root = product.paths.includes('.') ? '' : folderOf(shipped[0] ?? '');
  const planted = canaries(paths).map((canary) => {
    const ending = canary.path.slice(canary.path.lastIndexOf('.'));
    const beside = /^(?:\.env|\.pem)$/.test(ending) ? undefined : shipped.find((path) => path.endsWith(ending));
    return { ...canary, path: `${beside === undefined ? root : folderOf(beside)}${canary.path}` };
  });
  return planted.map((canary) => ({
    id: `canary-${canary.kind.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    what: `${/^[AEIOU]/.test(canary.kind) ? 'an' : 'a'} ${canary.kind}`,
    path: canary.path,
    grants: [`the ${canary.kind}, for everybody who can read the repository`],
    canary,
  }));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function gatesOf({ facts, declared }: Context): Gate[] {
  return findGates(facts, declared.defaultBranch).filter((gate) => gate.subjects.includes('secrets'));
}

/** Rules of gitleaks and our own are run on the canaries; other tools are looked up. */
async function judgeWith(context: Context, gates: readonly Gate[]): Promise<(attack: Attack, gate: Gate) => Caught> {
  const rulesets = new Map<Gate, Ruleset | Caught>();
  for (const gate of gates) {
    if (gate.call.tool.id === 'gitleaks') rulesets.set(gate, await gitleaksRules(gate.call, context));
  }
  return (attack, gate) => {
    const { canary } = attack as PlantedSecret;
    if (gate.call.tool.id === 'fourproof') return executed(packRuleset(context.secretRules), canary, 'our own rules');
    const rules = rulesets.get(gate);
    if (rules === undefined) return modelled(canary, gate.call);
    return 'answer' in rules ? rules : executed(rules, canary, "the team's gitleaks rules");
  };
}

function executed(ruleset: Ruleset, { path, text }: Canary, whose: string): Caught {
  const hit = planted(ruleset, path, text).find((found) => found.ignoredBy === undefined);
  return hit === undefined
    ? { answer: 'no', how: 'executed', why: `${whose} do not find it` }
    : { answer: 'yes', how: 'executed', why: `${whose} find it (${hit.rule})` };
}

/** The rules that this call of gitleaks runs: a named configuration, the one at the root, or its default, for which our pack stands. */
async function gitleaksRules(call: Invocation, { repository: tree, secretRules }: Context): Promise<Ruleset | Caught> {
  const named = flagValue(call, ['--config', '-c']) ?? call.env.get('GITLEAKS_CONFIG') ?? input(call, ['config-path']);
  if (named !== undefined && /[$]/.test(named))
    return {
      answer: 'undecided',
      how: 'executed',
      why: `an expression decides its configuration \`${named}\``,
      reason: 'unresolved-value',
    };
  if (call.env.has('GITLEAKS_CONFIG_TOML') || hasFlag(call, '--enable-rule'))
    return {
      answer: 'undecided',
      how: 'executed',
      why: 'which of its rules run is not read here',
      reason: 'unresolved-value',
    };
  const path = named?.replace(/^\.\//, '').replace(/^\/github\/workspace\//, '');
  const config =
    path === undefined || path === '.gitleaks.toml' ? await teamConfig(tree) : await otherConfig(tree, path);
  if (path !== undefined && config.file === undefined)
    return { answer: 'undecided', how: 'executed', why: `its configuration ${path} is not in the tree` };
  const ruleset = gateRuleset(secretRules, config.file, (other) => config.others.get(other));
  const [problem] = ruleset.problems;
  return problem === undefined
    ? ruleset
    : { answer: 'undecided', how: 'executed', why: `its rules are not all readable: ${problem.message}` };
}

async function otherConfig(tree: FileTree, path: string): ReturnType<typeof teamConfig> {
  const content = await tree.read(path);
  const decoded = content.ok ? decode(content.bytes) : undefined;
  return decoded === undefined || decoded.binary
    ? { others: new Map() }
    : { file: { path, text: decoded.text }, others: new Map() };
}

/** What other scanners make of a canary, which is no live credential, by their documentation. */
function modelled(canary: Canary, call: Invocation): Caught {
  const known = /AWS|private key|GitHub/.test(canary.kind);
  switch (call.tool.id) {
    case 'trufflehog': {
      const results = `${flagValue(call, ['--results']) ?? ''} ${input(call, ['extra_args']) ?? ''}`;
      const onlyVerified =
        hasFlag(call, '--only-verified') || /--only-verified|results=verified(?:\s|$)|^verified\s/.test(results);
      if (onlyVerified)
        return {
          answer: 'no',
          how: 'modelled',
          why: 'it reports only credentials that it could log in with, and a new or foreign one is none',
        };
      return known
        ? { answer: 'yes', how: 'modelled', why: 'it has a detector for it' }
        : { answer: 'no', how: 'modelled', why: 'it has no detector for a plain password' };
    }
    case 'trivy':
      return known
        ? { answer: 'yes', how: 'modelled', why: 'its built-in secret rules have it' }
        : { answer: 'no', how: 'modelled', why: 'its built-in secret rules have no plain passwords' };
    case 'semgrep':
      return {
        answer: 'undecided',
        how: 'modelled',
        why: 'this version does not run Semgrep rules',
        reason: 'engine-missing',
      };
    default:
      return {
        answer: 'undecided',
        how: 'modelled',
        why: `what ${call.tool.name} makes of it is not modelled`,
        reason: 'engine-missing',
      };
  }
}

/** Plants it again: our own rules must find it in the copy, and no gate of the tree as it stands may stop it. */
async function replayDrill(context: Context, { replay }: Replayable): Promise<ReplayOutcome> {
  const attack = attacksFor(context).find((item) => item.id === replay.args.attack);
  if (attack === undefined) return { confirmed: false, steps: ['there is no such canary any more'] };
  const real = planted(packRuleset(context.secretRules), attack.path, attack.canary.text).length > 0;
  const gates = gatesOf(context);
  const catches = await judgeWith(context, gates);
  const stopping = gates.find((gate) => tryGate({ catches }, attack, gate).outcome.answer !== 'no');
  const steps = [
    `plant ${attack.what} as ${attack.path} in a copy`,
    real ? 'our own rules find it in the copy: the attack is real' : 'our own rules do not find it in the copy',
    ...gates.map(
      (gate) => `${gate.call.tool.name} in ${gate.where}: ${tryGate({ catches }, attack, gate).outcome.why}`,
    ),
    stopping === undefined
      ? `${gates.length === 0 ? 'no gate looks for secrets' : 'none of these stops it'}: it can be merged`
      : `${stopping.call.tool.name} may stop it`,
  ];
  return { confirmed: real && stopping === undefined, steps };
}
