import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  isListed,
  readFingerprints,
  scanFile,
  type FileOptions,
  type Leak,
  type Ruleset,
} from '../../../engines/secrets/index.ts';
import { inert } from '../../../lib/inert.ts';
import type { HistoryBatch, HistoryObject } from '../../../model/index.ts';
import { findGitTop } from '../../../sources/git/git-top.ts';
import { openHistory } from '../../../sources/git-history/open-history.ts';
import { openRange, type OpenedRange } from '../../../sources/git-history/open-range.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';
import { Progress } from '../progress.ts';
import type { ScanCommandOptions } from './options.ts';
import { renderLeaks } from './render.ts';
import { compileTexts, readRuleTexts } from './rules.ts';

/** `fourproof secrets scan --history`: each secret once, at the commit that brought it to its path. Exit codes as for a folder. */
export async function scanHistoryCommand(where: string, options: ScanCommandOptions): Promise<number> {
  if (!existsSync(where)) throw new CommandFailure(`fourproof: ${where} does not exist`);
  const asked = realpathSync(resolve(where));
  const top = findGitTop(asked) ?? asked;
  const texts = readRuleTexts(top, options.config);
  const ruleset = compileTexts(texts);
  for (const { path, message } of ruleset.problems) say(`${path}: ${message}`);
  if (ruleset.rules.length === 0) throw new CommandFailure('fourproof: no rule can be used, so nothing was scanned');
  const { decodeDepth, archiveDepth } = options;
  const files: FileOptions = { decodeDepth, archiveDepth, textOnly: texts.team === undefined };
  const history = openHistory(top);
  const range = options.range === undefined ? undefined : await rangeOf(top, options.range);
  const search = new Search(ruleset, files, range);
  const progress = new Progress();
  for await (const batch of range?.batches() ?? history.batches()) {
    await search.take(batch, (id) => history.read(id));
    const { bytes, totalBytes, objects } = batch.progress;
    const part = totalBytes === 0 ? '' : ` · ${Math.floor((bytes / totalBytes) * 100)} %`;
    progress.show(`history · ${objects} objects · ${Math.round(bytes / 1e6)} MB${part}`);
  }
  progress.clear();
  for (const problem of search.problems) say(problem);
  const ignored = readFingerprints(textOf(join(top, '.gitleaksignore')));
  const leaks = search.leaks().filter((leak) => !isListed(ignored, leak));
  const commits = await history.commits(leaks.flatMap(({ commit }) => commit ?? []));
  put(renderLeaks(leaks, ruleset, options, commits), options.output);
  if (search.objects === 0 && search.problems.size > 0) return 3;
  return leaks.length > 0 ? 1 : ruleset.problems.length > 0 ? 2 : 0;
}

/** Leaks of a history: of each, the oldest commit that has it at its path. */
class Search {
  objects = 0;
  readonly problems = new Set<string>();
  readonly #ruleset: Ruleset;
  readonly #options: FileOptions;
  readonly #range: Extract<OpenedRange, { ok: true }> | undefined;
  readonly #found = new Map<string, { readonly leak: Leak; readonly order: number }>();

  constructor(ruleset: Ruleset, options: FileOptions, range: Extract<OpenedRange, { ok: true }> | undefined) {
    this.#ruleset = ruleset;
    this.#options = options;
    this.#range = range;
  }

  async take(batch: HistoryBatch, read: (id: string) => AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<void> {
    for (const { message, closes } of batch.unseen) this.problems.add(`${message}: ${closes}`);
    for (const object of batch.objects) {
      this.objects++;
      if (object.bytes.length < object.size) {
        this.problems.add(`object ${object.id} of ${Math.ceil(object.size / 2 ** 20)} MiB was not scanned: too large`);
        continue;
      }
      const places = object.versions.length > 0 ? object.versions : [{ path: '', commit: undefined, order: 0 }];
      for (const { path, commit, order } of places) {
        const leaks = this.#scan(object, path, commit);
        for (const leak of leaks) if (!(await this.#stoodBefore(leak, object.id, read))) this.#note(leak, order);
      }
    }
  }

  leaks(): Leak[] {
    const all = [...this.#found.values()].sort((a, b) => a.order - b.order || (place(a.leak) < place(b.leak) ? -1 : 1));
    return all.map(({ leak }) => leak);
  }

  #scan({ id, kind, bytes }: HistoryObject, path: string, commit: string | undefined): readonly Leak[] {
    const where = commit === undefined ? {} : { commit };
    const found = scanFile({ path, bytes, ...where }, this.#ruleset, this.#options);
    for (const { message } of found.problems) this.problems.add(message);
    if (path !== '') return found.leaks;
    const named = kind === 'blob' ? `object ${id}` : `${kind} message`;
    return found.leaks.map((leak) => ({ ...leak, path: named }));
  }

  /** In a range only what no parent had at the path is new. */
  async #stoodBefore(
    { rule, secret, path }: Leak,
    id: string,
    read: (id: string) => AsyncIterable<{ readonly bytes: Uint8Array }>,
  ): Promise<boolean> {
    const before = this.#range?.introductions(id).find((one) => one.path === path)?.before ?? [];
    for (const parent of before.filter((one) => !/^0+$/.test(one))) {
      for await (const { bytes } of read(parent)) {
        const { leaks } = scanFile({ path, bytes }, this.#ruleset, this.#options);
        if (leaks.some((leak) => leak.rule === rule && leak.secret === secret)) return true;
      }
    }
    return false;
  }

  #note(leak: Leak, order: number): void {
    const name = JSON.stringify([leak.rule, leak.path, leak.secret]);
    const known = this.#found.get(name);
    if (known === undefined || order < known.order) this.#found.set(name, { leak, order });
  }
}

async function rangeOf(top: string, range: string): Promise<Extract<OpenedRange, { ok: true }>> {
  const opened = await openRange(top, range);
  if (!opened.ok) throw new CommandFailure(`fourproof: ${opened.why}`);
  return opened;
}

function place({ path, startLine, rule }: Leak): string {
  return `${path}\0${String(startLine).padStart(9, '0')}\0${rule}`;
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function say(message: string): void {
  process.stderr.write(`fourproof: ${inert(message)}\n`);
}
