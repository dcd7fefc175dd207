import type { FileEntry } from '../../model/index.ts';

/** What kinds of input a tree holds, by path alone: enough to say what an engine would have to read. */
export interface InventoryFact {
  /** Number of source files by language. */
  readonly languages: ReadonlyMap<string, number>;
  /** Dependency manifests and lockfiles. */
  readonly manifests: readonly string[];
  readonly terraform: readonly string[];
  /** Continuous integration that is not GitHub Actions. */
  readonly otherPipelines: readonly string[];
}

const LANGUAGES: readonly (readonly [string, RegExp])[] = [
  ['Java', /\.java$/],
  ['Kotlin', /\.kts?$/],
  ['JavaScript', /\.[cm]?jsx?$/],
  ['TypeScript', /\.[cm]?tsx?$/],
  ['Python', /\.py$/],
  ['Go', /\.go$/],
  ['PHP', /\.php$/],
  ['Ruby', /\.rb$/],
  ['C#', /\.cs$/],
  ['Rust', /\.rs$/],
  ['Scala', /\.scala$/],
  ['C', /\.[ch]$/],
  ['C++', /\.(?:cc|cpp|cxx|hpp)$/],
  ['Shell', /\.(?:sh|bash)$/],
];

const MANIFEST =
  /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock|requirements[^/]*\.txt|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile(?:\.lock)?|go\.(?:mod|sum)|Cargo\.(?:toml|lock)|composer\.(?:json|lock)|Gemfile(?:\.lock)?|packages\.lock\.json|[^/]+\.csproj)$/;

const OTHER_PIPELINE =
  /^(?:\.gitlab-ci\.yml|Jenkinsfile|\.circleci\/config\.yml|azure-pipelines\.ya?ml|\.travis\.yml|bitbucket-pipelines\.yml|\.buildkite\/.+\.ya?ml|\.drone\.ya?ml|cloudbuild\.ya?ml|\.woodpecker(?:\.yml|\/.+)|buildspec\.ya?ml)$/;

/** Takes stock of the files of a tree. */
export function takeInventory(files: readonly FileEntry[]): InventoryFact {
  const languages = new Map<string, number>();
  for (const { path } of files) {
    const language = LANGUAGES.find(([, pattern]) => pattern.test(path))?.[0];
    if (language !== undefined) languages.set(language, (languages.get(language) ?? 0) + 1);
  }
  const paths = files.map((file) => file.path);
  return {
    languages,
    manifests: paths.filter((path) => MANIFEST.test(path)),
    terraform: paths.filter((path) => /\.(?:tf|tofu)(?:\.json)?$/.test(path)),
    otherPipelines: paths.filter((path) => OTHER_PIPELINE.test(path)),
  };
}
