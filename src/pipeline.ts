/** The story of a verification: sources → facts → controls → verdicts → result. */

import { readConfig, type Config } from './config/read-config.ts';
import { renderFacts } from './engines/rendering/render-facts.ts';
import { evaluateFacts, type EvaluatedFacts } from './engines/terraform/evaluate-facts.ts';
import { collectFacts, factsOf } from './facts/collect.ts';
import { matchesPathGlob } from './lib/glob.ts';
import { scopeTree } from './lib/tree-views.ts';
import { RESULT_SCHEMA, type FileTree, type Notice, type Render, type Result, type ThreatId } from './model/index.ts';
import type { Context, Product } from './threats/context.ts';
import { THREATS } from './threats/registry.generated.ts';
import { combineResult } from './verdict/combine-result.ts';
import { DecisionBook } from './verdict/decisions.ts';
import { addExcerpts } from './verdict/excerpt.ts';
import { judgeProduct, type Judged } from './verdict/judge-product.ts';

export { readConfig };

/** What a verification is given. */
export interface Verification {
  readonly tree: FileTree;
  /** The product where the config names none: its name, and the folder that was asked for. */
  readonly fallback: Product;
  readonly config: Config;
  readonly now: Date;
  readonly version: string;
  readonly secretRules: Context['secretRules'];
  readonly terraformModules: Context['terraformModules'];
  readonly iamTexts: Context['iamTexts'];
  /** False with `--no-dismissals`. */
  readonly dismissing?: boolean;
  /** Renders charts and kustomizations; only with `--render`. */
  readonly render?: Render;
  /** Only these threats; all fifteen where it is absent. */
  readonly only?: readonly ThreatId[];
  /** Called before each stage and control. */
  readonly onProgress?: (stage: string) => void;
}

/** A result, and the context of each product, which a replay needs. */
export interface Verified {
  readonly result: Result;
  readonly contexts: ReadonlyMap<string, Context>;
}

/** Verifies every product of a tree against every threat. */
export async function verify(input: Verification): Promise<Verified> {
  const { tree, config, now, onProgress } = input;
  const started = performance.now();
  const products = config.products ?? [input.fallback];
  const isProducts = (path: string): boolean => products.some((product) => isIn(product, path));

  onProgress?.('reading facts');
  const evaluated = await factsIn(input, isProducts);
  const read = performance.now();

  const book = new DecisionBook(config.decisions, now, { dismissing: input.dismissing ?? true });
  const threats = THREATS.filter(({ id }) => input.only?.includes(id) ?? true);
  const contexts = new Map(products.map((product) => [product.name, contextOf(product, evaluated, input)]));
  const judged: Judged[] = [];
  for (const [name, context] of contexts) {
    judged.push(await judgeProduct(name, threats, context, context.facts.unread, book, onProgress));
  }
  const decided = performance.now();

  onProgress?.('cutting excerpts');
  const counterexamples = judged.flatMap((one) => one.counterexamples);
  const verdicts = await addExcerpts(
    judged.flatMap((one) => one.verdicts),
    counterexamples,
    tree,
  );
  const result = combineResult({
    schema: RESULT_SCHEMA,
    tool: { name: 'fourproof', version: input.version },
    now: now.toISOString(),
    products,
    verdicts,
    facts: evaluated.facts,
    files: tree.files.filter((file) => isProducts(file.path)),
    notices: [...outsideOf(config.products, tree), ...book.notices(), ...judged.flatMap((one) => one.notices)],
    timings: { facts: read - started, controls: decided - read, total: performance.now() - started },
  });
  return { result, contexts };
}

/** The facts of the products, those that Terraform adds, and those that rendering adds where it is asked for. */
async function factsIn(input: Verification, isProducts: (path: string) => boolean): Promise<EvaluatedFacts> {
  const { tree, render, terraformModules } = input;
  const evaluated = await evaluateFacts(await collectFacts(tree, isProducts), tree, terraformModules);
  return render === undefined ? evaluated : renderFacts(evaluated, tree, render);
}

/** Files that no declared product holds: nothing was asked about them. What configures the repository is read for all. */
function outsideOf(products: readonly Product[] | undefined, tree: FileTree): Notice[] {
  if (products === undefined) return [];
  const outside = tree.files.filter(
    ({ path }) => !path.startsWith('.github/') && path !== 'fourproof.yaml' && !products.some((one) => isIn(one, path)),
  );
  const [first] = outside;
  if (first === undefined) return [];
  const [count, them] = outside.length === 1 ? ['1 file belongs', 'it'] : [`${outside.length} files belong`, 'them'];
  const message = `${count} to no product of fourproof.yaml, and no verdict speaks of ${them}: ${first.path}${outside.length === 1 ? '' : ' …'}`;
  return [{ level: 'warning', message }];
}

function isIn(product: Product, path: string): boolean {
  return product.paths.some((glob) => matchesPathGlob(glob, path));
}

function contextOf(
  product: Product,
  { facts, terraform }: EvaluatedFacts,
  { tree, config, now, secretRules, terraformModules, iamTexts }: Verification,
): Context {
  const wanted = (path: string): boolean => isIn(product, path);
  // What the clone or Terraform says stands for what the team did not declare.
  const defaultBranch = config.declared.defaultBranch ?? tree.git?.defaultBranch ?? terraform.defaultBranch;
  const declared = { ...config.declared, ...(defaultBranch === undefined ? {} : { defaultBranch }) };
  // Workflows belong to the git root: a secret in one leaks whichever product is asked for.
  const own = scopeTree(tree, (path) => wanted(path) || path.startsWith('.github/'));
  return {
    product,
    tree: own,
    repository: tree,
    facts: factsOf(facts, wanted, tree),
    terraform,
    declared,
    now,
    secretRules,
    terraformModules,
    iamTexts,
    // Who asks about one folder alone is not told about the others.
    ...(config.products === undefined
      ? {}
      : { isProducts: (path: string) => config.products?.some((one) => isIn(one, path)) === true }),
  };
}
