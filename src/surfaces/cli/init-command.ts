import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG_PATH } from '../../config/read-config.ts';
import { buildGraph } from '../../engines/builds/graph.ts';
import { findBuilds } from '../../engines/builds/find-builds.ts';
import { collectFacts } from '../../facts/collect.ts';
import { normaliseReference, parseImageReference } from '../../lib/image-reference.ts';
import { readVersion } from '../../sources/assets.ts';
import { openWorktree } from '../../sources/worktree/worktree.ts';
import { CommandFailure } from './exit.ts';
import { put } from './output.ts';

export interface InitOptions {
  /** Also write a workflow that runs fourproof. */
  readonly workflow?: boolean;
}

const WORKFLOW_PATH = '.github/workflows/fourproof.yml';

/** `fourproof init [path]`: a fourproof.yaml with what is found here written out as comments; nothing is overwritten. */
export async function initCommand(path: string, options: InitOptions): Promise<number> {
  const opened = openWorktree(path);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, root } = opened;
  const facts = await collectFacts(tree);
  const { images } = await findBuilds({ tree, facts });
  const bases = new Set(
    images.flatMap((image) =>
      buildGraph(image).externals.flatMap(({ reference }) => {
        const parsed = reference.known ? parseImageReference(reference.text) : undefined;
        return parsed === undefined
          ? []
          : [
              normaliseReference({ registry: parsed.registry, repository: parsed.repository }).replace(
                /:latest$/,
                ':*',
              ),
            ];
      }),
    ),
  );
  const written = [write(root, CONFIG_PATH, configText(tree.git?.defaultBranch, [...bases].sort()))];
  if (options.workflow === true)
    written.push(write(root, WORKFLOW_PATH, workflowText(tree.git?.defaultBranch ?? 'main')));
  put(`${written.map((file) => `wrote ${file}`).join('\n')}\nNext: fourproof verify ${path}`, undefined);
  return 0;
}

function write(root: string, path: string, text: string): string {
  const file = join(root, path);
  if (existsSync(file)) throw new CommandFailure(`fourproof: ${path} exists already; edit it by hand`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return path;
}

function configText(defaultBranch: string | undefined, bases: readonly string[]): string {
  const list = bases.length === 0 ? ['docker.io/library/*'] : bases;
  return `# What fourproof cannot read from the code. Data only: it declares facts and decisions, never a verdict.
# Every key is optional. Schema: schemas/fourproof.schema.json of the package.

# The branch that pull requests are merged to.
${defaultBranch === undefined ? '# defaultBranch: main' : `defaultBranch: ${JSON.stringify(defaultBranch)}`}

# Several products in one repository, each with verdicts of its own:
# products:
#   - name: shop
#     paths: [services, deploy]

# Base images that Dockerfiles may start from, as globs over normalised references. Without it: Docker Official
# Images and distroless. Found here:
# allowedBaseImages:
${list.map((base) => `#   - ${base}`).join('\n')}

# Registries that pods may run images from, as globs:
# allowedRegistries:
#   - registry.example.com/*

# Risks that are real and carried for a time: fourproof accept <fingerprint> --reason … --owner … --expires …
# Counterexamples that are not real:              fourproof dismiss <fingerprint> --reason … --owner …
`;
}

function workflowText(branch: string): string {
  return `name: fourproof
on:
  pull_request:
    branches: [${JSON.stringify(branch)}]
permissions:
  contents: read
jobs:
  fourproof:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          persist-credentials: false
      # Require the check "fourproof" in the rules of the branch: only then does it stop a merge.
      - run: npx --yes fourproof@${readVersion()} verify
`;
}
