import { basename, join } from 'node:path';
import { readConfig, type Config } from '../../config/read-config.ts';
import type { FileTree, Notice } from '../../model/index.ts';
import { verify, type Verified } from '../../pipeline.ts';
import { readIamData, readModuleSummaries, readSecretRules, readVersion } from '../../sources/assets.ts';
import { machineRenderer } from '../../sources/render/renderer.ts';
import { openWorktree } from '../../sources/worktree/worktree.ts';
import { CommandFailure } from './exit.ts';
import { Progress } from './progress.ts';

/** Options that every verifying command takes. */
export interface VerifyOptions {
  /** Day or time that expiry is judged at. */
  readonly now?: string;
  /** False with `--no-dismissals`. */
  readonly dismissals?: boolean;
  /** Run helm and kustomize on what is in the tree. */
  readonly render?: boolean;
}

/** A worktree that was verified. */
export interface VerifiedProduct extends Verified {
  readonly root: string;
}

/** Opens the repository around a path, reads its config and verifies it. */
export async function verifyPath(path: string, options: VerifyOptions): Promise<VerifiedProduct> {
  const now = parseNow(options.now);
  const progress = new Progress();
  const opened = openWorktree(path, { onProgress: (stage) => progress.show(stage) });
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`, opened.empty ? 3 : 2);
  const { tree, root, asked } = opened;
  if (asked !== '.' && !tree.files.some((file) => file.path.startsWith(`${asked}/`))) {
    throw new CommandFailure(`fourproof: ${path} holds no file that can be read`, 3);
  }
  const config = await configOf(tree, root);
  const verified = await verifyTree(tree, config, {
    ...options,
    now,
    name: basename(asked === '.' ? root : asked),
    paths: [asked],
    progress,
  });
  return { ...verified, root };
}

/** Verifies a tree whose config is known. */
export async function verifyTree(
  tree: FileTree,
  config: Config,
  options: {
    readonly now: Date;
    readonly dismissals?: boolean;
    readonly render?: boolean;
    readonly name: string;
    readonly paths: readonly string[];
    /** Where it is shown how far it is; a new line where absent. */
    readonly progress?: Progress;
  },
): Promise<Verified> {
  const progress = options.progress ?? new Progress();
  try {
    return await verify({
      tree,
      config,
      fallback: { name: options.name, paths: options.paths },
      now: options.now,
      version: readVersion(),
      secretRules: readSecretRules(),
      terraformModules: readModuleSummaries(),
      iamTexts: readIamData,
      dismissing: options.dismissals ?? true,
      ...(options.render === true ? { render: machineRenderer() } : {}),
      onProgress: (stage) => progress.show(stage),
    });
  } finally {
    progress.clear();
  }
}

/** The config of a tree; errors name file, line and column. */
export async function configOf(tree: FileTree, root: string): Promise<Config> {
  const reading = await readConfig(tree);
  if (reading.ok) return reading.config;
  throw new CommandFailure(reading.errors.map((error) => describeNotice(error, root)).join('\n'));
}

function describeNotice({ message, at }: Notice, root: string): string {
  return at === undefined
    ? `fourproof: ${message}`
    : `${join(root, at.path)}:${at.startLine}:${at.startColumn}: error: ${message}`;
}

/** Reads `--now`: a day (its start, UTC) or a time with its zone. */
export function parseNow(text: string | undefined): Date {
  if (text === undefined) return new Date();
  const isTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const date = isTime ? new Date(text) : undefined;
  if (date === undefined || Number.isNaN(date.getTime()))
    throw new CommandFailure(`fourproof: --now ${text}: write a day (2026-11-21) or a time (2026-11-21T12:00:00Z)`);
  return date;
}
