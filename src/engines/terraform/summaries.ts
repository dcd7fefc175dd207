import type { HclFile } from '../../lib/hcl/ast.ts';
import { readHcl } from '../../lib/hcl/parse-hcl.ts';
import { newestMajor } from './summary-version.ts';

/** A file of the summaries by its path, `rules/terraform-modules/<name>/v4-v6.network.tf`: it holds for these major versions. */
export interface SummaryText {
  readonly path: string;
  readonly text: string;
}

/** Gives the files that stand for a module, by its `source` and its `version` as they are written; undefined for modules and versions that have no summary. */
export type Summaries = (source: string, version: string | undefined) => readonly HclFile[] | undefined;

/** The newest major version that each module has had by July 2026: what `terraform init` takes where a constraint leaves it open. */
const NEWEST: Readonly<Record<string, number>> = {
  'terraform-aws-modules/ecr/aws': 3,
  'terraform-aws-modules/eks/aws': 21,
  'terraform-aws-modules/iam/aws': 6,
  'terraform-aws-modules/kms/aws': 4,
  'terraform-aws-modules/rds/aws': 7,
  'terraform-aws-modules/s3-bucket/aws': 5,
  'terraform-aws-modules/vpc/aws': 6,
  'terraform-module/github-oidc-provider/aws': 2,
  'unfunco/oidc-github/aws': 3,
};

/** Folder of the summaries of a module or of one of its submodules. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['terraform-aws-modules/ecr/aws', 'ecr'],
  ['terraform-aws-modules/eks/aws', 'eks'],
  ['terraform-aws-modules/eks/aws//modules/eks-managed-node-group', 'eks-managed-node-group'],
  ['terraform-aws-modules/iam/aws//modules/iam-account', 'iam-account'],
  ['terraform-aws-modules/iam/aws//modules/iam-assumable-role', 'iam-assumable-role'],
  ['terraform-aws-modules/iam/aws//modules/iam-assumable-role-with-oidc', 'iam-assumable-role-with-oidc'],
  ['terraform-aws-modules/iam/aws//modules/iam-github-oidc-provider', 'iam-github-oidc-provider'],
  ['terraform-aws-modules/iam/aws//modules/iam-github-oidc-role', 'iam-github-oidc-role'],
  ['terraform-aws-modules/iam/aws//modules/iam-group-with-policies', 'iam-group-with-policies'],
  ['terraform-aws-modules/iam/aws//modules/iam-policy', 'iam-policy'],
  ['terraform-aws-modules/iam/aws//modules/iam-user', 'iam-user'],
  ['terraform-aws-modules/kms/aws', 'kms'],
  ['terraform-aws-modules/rds/aws', 'rds'],
  ['terraform-aws-modules/rds/aws//modules/db_instance', 'rds-db-instance'],
  ['terraform-aws-modules/rds/aws//modules/db_parameter_group', 'rds-db-parameter-group'],
  ['terraform-aws-modules/rds/aws//modules/db_subnet_group', 'rds-db-subnet-group'],
  ['terraform-aws-modules/s3-bucket/aws', 's3-bucket'],
  ['terraform-aws-modules/vpc/aws', 'vpc'],
  ['terraform-module/github-oidc-provider/aws', 'github-oidc-provider'],
  ['unfunco/oidc-github/aws', 'oidc-github'],
]);

/** Indexes the texts of the summaries; each is parsed once, when it is first asked for. */
export function moduleSummaries(texts: readonly SummaryText[]): Summaries {
  const parsed = new Map<string, readonly HclFile[]>();
  return (source, version) => {
    const module = moduleOf(source);
    const folder = module === undefined ? undefined : FOLDERS.get(module.address);
    if (module === undefined || folder === undefined) return undefined;
    const major = newestMajor(module.isGit ? module.ref : version, NEWEST[module.address.split('//', 1)[0] ?? ''] ?? 0);
    if (major === undefined) return undefined;
    const key = `${folder} ${major}`;
    const known = parsed.get(key);
    if (known !== undefined) return known.length === 0 ? undefined : known;
    const files = texts.filter(({ path }) => holds(path, folder, major)).map(({ path, text }) => readHcl(path, text));
    parsed.set(key, files);
    return files.length === 0 ? undefined : files;
  };
}

/** The module that a source names, https://developer.hashicorp.com/terraform/language/modules/sources. */
interface NamedModule {
  /** `namespace/name/provider`, with `//modules/x` for a submodule. */
  readonly address: string;
  readonly isGit: boolean;
  /** Of a git source. */
  readonly ref?: string;
}

function moduleOf(source: string): NamedModule | undefined {
  if (source.length > 500) return undefined;
  const registry =
    /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?([\w-]+\/[\w-]+\/[a-z0-9]+)((?:\/\/[\w./-]+)?)$/.exec(source);
  if (registry !== null) {
    const [, address = '', below = ''] = registry;
    return { address: address.toLowerCase() + below.replace(/\/$/, ''), isGit: false };
  }
  const git =
    /^(?:git::)?(?:(?:https|ssh):\/\/)?(?:git@)?github\.com[/:]([\w-]+)\/terraform-([a-z0-9]+)-([\w-]+?)(?:\.git)?((?:\/\/[\w./-]+)?)(?:\?([^#]*))?$/.exec(
      source,
    );
  if (git === null) return undefined;
  const [, owner = '', provider = '', name = '', below = '', query = ''] = git;
  const ref = new URLSearchParams(query).get('ref');
  return {
    address: `${owner}/${name}/${provider}`.toLowerCase() + below.replace(/\/$/, ''),
    isGit: true,
    ...(ref === null ? {} : { ref }),
  };
}

/** Whether a file belongs to a folder and holds for a major version: `v5.tf`, `v4-v6.tf`, `v4-v6.network.tf`. */
function holds(path: string, folder: string, major: number): boolean {
  const [, name, first, last] = /([\w-]+)\/v(\d{1,4})(?:-v(\d{1,4}))?(?:\.[\w-]+)?\.tf$/.exec(path) ?? [];
  return name === folder && Number(first) <= major && major <= Number(last ?? first);
}
