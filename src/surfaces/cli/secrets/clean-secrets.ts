import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf, SHORTEST_SECRET } from '../../../engines/git-rewrite/index.ts';
import { exposureRuleset } from '../../../engines/secrets/index.ts';
import { searchHistory } from '../../../engines/secrets-history/index.ts';
import { readSecretRules } from '../../../sources/assets.ts';
import { openHistory } from '../../../sources/git-history/open-history.ts';
import { CommandFailure } from '../exit.ts';
import type { CleanOptions } from './clean.ts';

/** A secret that is to go, with what stands in its place. */
export interface Unwanted {
  readonly secret: string;
  readonly token: string;
  /** What it is called where it must not be printed. */
  readonly shown: string;
}

/** Collects what is to go: lines of a file, and what the rules find in the history. */
export async function unwantedSecrets(top: string, options: CleanOptions): Promise<readonly Unwanted[]> {
  const unwanted = new Map<string, Unwanted>();
  for (const [number, line] of linesOf(options.secretsFile).entries()) {
    const [secret = '', token] = line.split('==>');
    if (secret === '') continue;
    unwanted.set(secret, {
      secret,
      token: token ?? options.token,
      shown: `line ${number + 1} of ${options.secretsFile ?? ''} …(${Array.from(secret).length} characters)`,
    });
  }
  if (options.found === true || options.finding !== undefined) {
    for (const one of await foundIn(top, options)) unwanted.set(one.secret, one);
  }
  for (const { secret, token, shown } of unwanted.values()) check(secret, token, shown, unwanted.keys());
  return [...unwanted.values()];
}

function check(secret: string, token: string, shown: string, all: Iterable<string>): void {
  if (Buffer.byteLength(secret) < SHORTEST_SECRET)
    throw new CommandFailure(
      `fourproof: ${shown} is shorter than ${SHORTEST_SECRET} bytes: it would be replaced where it is no secret`,
    );
  const forms = [...all].flatMap((other) => formsOf(other, ''));
  if (forms.some(({ bytes }) => Buffer.from(token).includes(Buffer.from(bytes))))
    throw new CommandFailure(`fourproof: what is to replace ${shown} holds a secret itself`);
}

async function foundIn(top: string, { finding, token }: CleanOptions): Promise<Unwanted[]> {
  const config = join(top, '.gitleaks.toml');
  const team = existsSync(config) ? { path: '.gitleaks.toml', text: readFileSync(config, 'utf8') } : undefined;
  const { secrets } = await searchHistory(openHistory(top), { ruleset: exposureRuleset(readSecretRules(), team) });
  const wanted = finding === undefined ? undefined : new Set(finding);
  const found = secrets.filter(({ hit, commit }) => {
    if (hit.secret === '' || hit.ignoredBy !== undefined) return false;
    const { path } = hit.location;
    return wanted === undefined || wanted.delete(`${commit ?? ''}:${path}:${hit.rule}:${hit.match.startLine}`);
  });
  const [unknown] = wanted ?? [];
  if (unknown !== undefined)
    throw new CommandFailure(`fourproof: ${unknown} is no finding of this history: fourproof secrets scan --history`);
  return found.map(({ hit }) => ({
    secret: hit.secret,
    token,
    shown: `${hit.rule} of ${hit.location.path} …(${Array.from(hit.secret).length} characters)`,
  }));
}

function linesOf(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.replace(/\r$/, ''));
  } catch (error) {
    throw new CommandFailure(`fourproof: ${file} cannot be read: ${String((error as NodeJS.ErrnoException).code)}`);
  }
}
