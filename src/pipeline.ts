/** The story of a verification: sources -> facts -> controls -> verdicts -> result. */

import { readConfig, type Config } from './config/read-config.ts';
import { collectFacts, factsOf } from './facts/collect.ts';
import { matchesPathGlob } from './lib/glob.ts';
import { scopeTree } from './lib/tree-views.ts';
import { RESULT_SCHEMA, type Counterexample, type FileTree, type Notice, type ReadTools, type Result, type ThreatId, type Verdict } from './model/index.ts';
import type { Context, Product } from './threats/context.ts';
import { THREATS } from './threats/registry.generated.ts';
import { assess } from './verdict/assess.ts';
import { combineResult } from './verdict/combine-result.ts';
import { conclude } from './verdict/conclude.ts';
import { DecisionBook } from './verdict/decisions.ts';
import { addExcerpts } from './verdict/excerpt.ts';
import { toVerdict } from './verdict/combine.ts';

/** What a verification is given. */
export interface Verification {
  readonly tree: FileTree;
  /** The product where the config names none: its name, and the folder that was asked for. */
  readonly fallback: Product;
  readonly config: Config;
  readonly now: Date;
  readonly version: string;
  /** Our own rule packs and other files that ship with fourproof. */
  readonly asset: ReadTools['asset'];
  readonly secretRules: Context['secretRules'];
  readonly dismissing?: boolean;
  /** Only these threats; all fifteen where it is absent. */
  readonly only?: readonly ThreatId[];
  /** Called before each stage and control. */
  readonly onProgress?: (stage: string) => void;
}

/** A result, and the contexts that a replay needs. */
export interface Verified {
  readonly result: Result;
  readonly contexts: ReadonlyMap<string, Context>;
}

/** Verifies every product of a tree against every threat. */
export async function verify(input: Verification): Promise<Verified> {
  const { tree, config, now, onProgress } = input;
  const started = performance.now();
  const products = config.products ?? [input.fallback];
  const inAnyProduct = (path: string): boolean => products.some((product) => isIn(product, path));

  onProgress?.('reading facts');
  const facts = await collectFacts(tree, input.asset, inAnyProduct);
  const factsDone = performance.now();

  const book = new DecisionBook(config.decisions, now, { dismissing: input.dismissing ?? true });
  const verdicts: Verdict[] = [];
  const counterexamples: Counterexample[] = [];
  const notices: Notice[] = [];
  const contexts = new Map<string, Context>();
  for (const product of products) {
    const wanted = (path: string): boolean => isIn(product, path);
    const own = factsOf(facts, wanted, tree);
    const context: Context = { product, tree: scopeTree(tree, wanted), facts: own, declared: withDefaults(config, tree), now, secretRules: input.secretRules };
    contexts.set(product.name, context);
    for (const threat of THREATS.filter(({ id }) => input.only?.includes(id) ?? true)) {
      const conclusions = [];
      for (const control of threat.controls) {
        onProgress?.(`${threat.id} · ${control.id}`);
        const assessment = await assess(control, context, own.unread);
        counterexamples.push(...assessment.counterexamples);
        notices.push(...(assessment.notices ?? []));
        conclusions.push(conclude(threat.id, control, assessment, book));
      }
      verdicts.push(toVerdict(product.name, threat, conclusions));
    }
  }
  const judged = performance.now();

  onProgress?.('cutting excerpts');
  const shown = await addExcerpts(verdicts, counterexamples, tree);
  const result = combineResult({
    schema: RESULT_SCHEMA,
    tool: { name: 'fourproof', version: input.version },
    now: now.toISOString(),
    products,
    verdicts: shown,
    facts,
    files: tree.files.filter((file) => inAnyProduct(file.path)),
    notices: [...book.notices(), ...notices],
    timings: { facts: factsDone - started, controls: judged - factsDone, total: performance.now() - started },
  });
  return { result, contexts };
}

export { readConfig };

function isIn(product: Product, path: string): boolean {
  return product.paths.some((glob) => matchesPathGlob(glob, path));
}

/** What the clone itself says stands for what the team did not declare. */
function withDefaults({ declared }: Config, tree: FileTree): Context['declared'] {
  const defaultBranch = declared.defaultBranch ?? tree.git?.defaultBranch;
  return { ...declared, ...(defaultBranch === undefined ? {} : { defaultBranch }) };
}
