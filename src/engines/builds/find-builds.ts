import { dockerfileReader } from '../../facts/dockerfile/reader.ts';
import type { ComposeFact } from '../../facts/compose/types.ts';
import type { DockerfileFact } from '../../facts/dockerfile/types.ts';
import type { Step, WorkflowFact } from '../../facts/workflow/types.ts';
import { matchesPathGlob } from '../../lib/glob.ts';
import { decodeText } from '../../lib/tree-views.ts';
import type { FileTree } from '../../model/index.ts';
import { buildsOfCompose, doubtsOfCompose, readDotEnv } from './compose-builds.ts';
import { matrixOf } from './matrix.ts';
import { folderOf, joinPath } from './paths.ts';
import { patternOf } from './resolve.ts';
import { buildsOfFile, maySayBuilds } from './script-builds.ts';
import type { Build, BuiltImage, Doubt, FoundBuilds, ProductBuilds, Resolved } from './types.ts';
import { buildsOfAction, buildsOfWorkflow, type Combination } from './workflow-builds.ts';

/** What builds are looked for in. */
export interface BuildSources {
  readonly tree: FileTree;
  readonly facts: {
    readonly dockerfile: readonly DockerfileFact[];
    readonly workflow: readonly WorkflowFact[];
    readonly action: readonly { readonly path: string; readonly steps: readonly Step[] }[];
    readonly compose: readonly ComposeFact[];
  };
}

const MOST_SCRIPTS = 2_000;
const MOST_SCRIPT_BYTES = 1_000_000;
const cache = new WeakMap<BuildSources['facts'], Promise<ProductBuilds>>();

/** Finds the images that the product makes of its Dockerfiles; one with defaults for each Dockerfile that nothing builds. */
export function findBuilds(sources: BuildSources): Promise<ProductBuilds> {
  const known = cache.get(sources.facts);
  if (known !== undefined) return known;
  const found = search(sources);
  cache.set(sources.facts, found);
  return found;
}

async function search({ tree, facts }: BuildSources): Promise<ProductBuilds> {
  const found: FoundBuilds[] = [];
  for (const workflow of facts.workflow) {
    const needsMatrix = workflow.jobs.some((job) => job.hasMatrix);
    const content = needsMatrix ? await tree.read(workflow.path) : undefined;
    const text = content?.ok === true ? decodeText(content.bytes) : '';
    found.push(
      buildsOfWorkflow(workflow, (job): readonly Combination[] =>
        job.hasMatrix ? matrixOf(workflow.path, text, job.id) : [new Map()],
      ),
    );
  }
  for (const action of facts.action) found.push(buildsOfAction(action.path, action.steps));
  for (const compose of facts.compose) {
    const path = joinPath(folderOf(compose.path), '.env') ?? '.env';
    const content =
      compose.services.some((service) => service.build !== undefined) && tree.files.some((file) => file.path === path)
        ? await tree.read(path)
        : undefined;
    found.push({
      builds: buildsOfCompose(compose, readDotEnv(content?.ok === true ? decodeText(content.bytes) : '')),
      doubts: doubtsOfCompose(compose),
    });
  }
  found.push(...(await searchScripts(tree)));
  const builds = found.flatMap((one) => one.builds);
  const vague = builds
    .filter((build) => isVague(build) && (build.target !== undefined || build.args.size > 0))
    .map(vagueDoubt);
  const images = assignBuilds(
    facts.dockerfile,
    builds.filter((build) => !isVague(build)),
  );
  const doubts = unique([...found.flatMap((one) => one.doubts), ...vague, ...unreadFiles(builds, tree)]);
  // Without a Dockerfile, how builds are done matters only where they build one that is not read.
  return { images, doubts: facts.dockerfile.length > 0 ? doubts : doubts.filter((doubt) => doubt.unread === true) };
}

/** Files of the tree that a build names as its Dockerfile, and that are not read as one. */
function unreadFiles(builds: readonly Build[], tree: FileTree): Doubt[] {
  const paths = new Set(tree.files.map((file) => file.path));
  return builds.flatMap(({ dockerfile, where, at }): Doubt[] => {
    const path = dockerfile.known ? plainPath(dockerfile.text) : '';
    if (!paths.has(path) || dockerfileReader.selects(path, paths)) return [];
    return [
      {
        reason: 'not-in-sight',
        message: `${where} builds ${path}, which is not read as a Dockerfile`,
        at,
        closes: `name it ${path}.Dockerfile`,
        unread: true,
      },
    ];
  });
}

async function searchScripts(tree: FileTree): Promise<FoundBuilds[]> {
  const found: FoundBuilds[] = [];
  const scripts = tree.files.filter((file) => maySayBuilds(file.path));
  const doubt = (reason: Doubt['reason'], message: string): number =>
    found.push({ builds: [], doubts: [{ reason, message }] });
  if (scripts.length > MOST_SCRIPTS)
    doubt('out-of-budget', `${scripts.length} scripts; only ${MOST_SCRIPTS} were searched for builds`);
  for (const { path, size } of scripts.slice(0, MOST_SCRIPTS)) {
    if (size > MOST_SCRIPT_BYTES) {
      doubt('too-large', `${path} is too large to be searched for builds`);
      continue;
    }
    const content = await tree.read(path);
    if (content.ok) found.push(buildsOfFile(path, decodeText(content.bytes)));
    else doubt(content.reason, `${path} could not be searched for builds: ${content.why}`);
  }
  return found;
}

/** Builds that name a Dockerfile come first; those that name it only by a glob count where there is none such. */
function assignBuilds(files: readonly DockerfileFact[], builds: readonly Build[]): BuiltImage[] {
  return files.flatMap((file) => {
    const exact = builds.filter((build) => build.dockerfile.known && samePath(build.dockerfile.text, file.path));
    const possible =
      exact.length > 0
        ? exact
        : builds.filter((build) => !build.dockerfile.known && matchesOpenPath(build.dockerfile.pattern, file.path));
    // An image without a name that nobody pushes or runs does not ship.
    const shipped = possible.filter((build) => build.kept && hasTarget(file, build.target));
    if (shipped.length === 0) return [assumed(file)];
    return group(file, shipped);
  });
}

/** Nothing of the Dockerfile's path is known. */
function isVague(build: Build): boolean {
  return !build.dockerfile.known && /^[*/.]*$/.test(build.dockerfile.pattern);
}

function vagueDoubt(build: Build): Doubt {
  const written = build.dockerfile.known ? '' : build.dockerfile.written.slice(0, 200);
  return {
    reason: 'unresolved-value',
    message: `${build.where}: which Dockerfile ${written} is, is not known`,
    at: build.at,
    closes: 'write the path of the Dockerfile as a literal',
  };
}

function samePath(written: string, path: string): boolean {
  return plainPath(written) === path;
}

function plainPath(written: string): string {
  return written.replace(/^(?:\.?\/)+/, '');
}

function matchesOpenPath(pattern: string, path: string): boolean {
  return (
    matchesPathGlob(pattern.replaceAll('*', '**'), path) ||
    matchesPathGlob(pattern.replace(/^\*/, '**/*'), path) ||
    (pattern.startsWith('*/') && path === pattern.slice(2))
  );
}

function hasTarget(file: DockerfileFact, target: Resolved | undefined): boolean {
  if (target === undefined || !target.known || target.text === '') return true;
  const name = target.text.toLowerCase();
  return file.stages.some((stage) => stage.name === name || String(stage.index) === name);
}

function group(file: DockerfileFact, builds: readonly Build[]): BuiltImage[] {
  const groups = new Map<string, Build[]>();
  for (const build of builds) {
    for (const platform of platformsOf(file, build)) {
      const target = build.target === undefined ? '' : patternOf(build.target);
      const args = [...build.args]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => [name, patternOf(value)]);
      const key = JSON.stringify([target, args, platform, [...build.contexts]]);
      groups.set(key, [...(groups.get(key) ?? []), build]);
    }
  }
  return [...groups].flatMap(([key, members]) => {
    const first = members[0];
    if (first === undefined) return [];
    const [target, , platform] = JSON.parse(key) as [string, unknown, string];
    const where = [...new Set(members.map((build) => build.where))].sort();
    const shown = where.length > 3 ? [...where.slice(0, 3), `${where.length - 3} more`] : where;
    const parts = [
      ...(target === '' ? [] : [`target ${target}`]),
      ...(platform === 'linux/amd64' ? [] : [platform]),
      `from ${shown.join(', ')}`,
    ];
    return [
      {
        file,
        args: first.args,
        platform,
        contexts: first.contexts,
        names: [...new Set(members.flatMap((build) => build.names))],
        builds: members,
        label: `${file.path} (${parts.join(', ')})`,
        ...(target === '' ? {} : { target }),
      },
    ];
  });
}

function assumed(file: DockerfileFact): BuiltImage {
  const label = `${file.path} (last stage, no build in sight)`;
  return { file, args: new Map(), platform: 'linux/amd64', contexts: new Map(), names: [], builds: [], label };
}

/** The platform changes the graph only where a FROM asks for it. */
function platformsOf(file: DockerfileFact, build: Build): readonly string[] {
  const asks =
    file.stages.some((stage) => /\$\{?(?:TARGET|BUILD)/.test(stage.from.text)) ||
    file.globalArgs.some((arg) => /\$\{?(?:TARGET|BUILD)/.test(arg.text));
  const given = build.platforms.filter((platform) => /^\w+\/[\w/]+$/.test(platform));
  if (given.length === 0) return ['linux/amd64'];
  return asks ? given.slice(0, 16) : [given.includes('linux/amd64') ? 'linux/amd64' : (given[0] ?? 'linux/amd64')];
}

function unique(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.map((doubt) => [doubt.message, doubt])).values()];
}
