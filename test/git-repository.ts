import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository that a test makes and throws away. Its commits have fixed authors and times. */
export class TestRepository {
  readonly folder: string;
  #time = 1_700_000_000;

  constructor(options: readonly string[] = []) {
    this.folder = mkdtempSync(join(tmpdir(), 'fourproof-git-'));
    this.git('init', '--quiet', '--initial-branch=main', ...options);
  }

  /** Runs git here and gives back what it answers, without the line feed at its end. */
  git(...args: readonly string[]): string {
    return this.gitWith('', ...args);
  }

  /** The same with an input. */
  gitWith(input: string | Uint8Array, ...args: readonly string[]): string {
    this.#time += 60;
    const date = `${this.#time} +0000`;
    const answer = execFileSync('git', [...args], {
      cwd: this.folder,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.org',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.org',
        GIT_COMMITTER_DATE: date,
        GIT_MERGE_AUTOEDIT: 'no',
      },
    });
    return answer.toString('utf8').replace(/\n$/, '');
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Writes files, commits everything and gives back the commit's id. */
  commit(message: string, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
