import { execFileSync } from 'node:child_process';
import { TestRepository } from './git-repository.ts';

/** A secret that a test's history holds. */
export const SECRET = ['Kestrel', '73', 'harbour'].join('-');

/** Everything that git can say about a repository, in a form that a rewriting must keep. */
export function contents(repo: TestRepository): string {
  const commits = repo.git('log', '--all', '--reflog', '--format=%an %ae %ad %cn %cd %s', '--date=raw');
  // A commit that differed from another by its signature alone is that other one afterwards.
  const different = [...new Set(commits.replaceAll(/ [0-9a-f]{7,10}/g, '').split('\n'))].join('\n');
  return `${different}\n${repo.git('stash', 'list', '--format=%gs')}\n${repo.git('for-each-ref', '--format=%(refname) %(objecttype)')}`;
}

/** Objects that hold the secret, as it is or in base64. */
export function holds(repo: TestRepository): string[] {
  const ids = repo.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n');
  return ids.filter((id) => {
    const text = execFileSync('git', ['cat-file', '-p', id], { cwd: repo.folder }).toString('latin1');
    return text.includes(SECRET) || text.includes(Buffer.from(SECRET).toString('base64').slice(0, 20));
  });
}

/** A history with a secret in its middle, and everything around it that can name objects. */
export function story(...options: string[]): { repo: TestRepository; before: string; signed: string } {
  const repo = new TestRepository(options);
  repo.commit('first', { 'a.txt': 'a\n', 'deep/er/b.txt': 'b\n' });
  const first = repo.git('rev-parse', 'HEAD');
  // A signature that nobody can check is enough to see whether it is kept.
  const signature = (id: string): string =>
    repo.gitWith(
      repo
        .git('cat-file', 'commit', id)
        .replace(
          /(committer [^\n]*\n)/,
          '$1gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n',
        ) + '\n',
      'hash-object',
      '-t',
      'commit',
      '-w',
      '--stdin',
    );
  const before = signature(first);
  repo.git('reset', '-q', '--hard', before);
  const bad = repo.commit('add', {
    'deep/er/c.env': `P=${SECRET}\n`,
    'k.yaml': `p: ${Buffer.from(`xy${SECRET}z`).toString('base64')}\n`,
  });
  const signed = signature(bad);
  repo.git('reset', '-q', '--hard', signed);
  repo.git('tag', '-a', 'v1', '-m', `release with ${SECRET}`);
  repo.git('tag', '-a', 'v1-signed', 'v1', '-m', 'a tag of a tag');
  repo.git('notes', 'add', '-m', 'a note', 'HEAD');
  repo.git('checkout', '-q', '-b', 'side');
  repo.commit('side', { 's.txt': 's\n' });
  repo.git('checkout', '-q', 'main');
  repo.commit(`clean, see ${signed.slice(0, 10)}`, { 'deep/er/c.env': 'P=\n', 'k.yaml': 'p:\n' });
  repo.git('branch', 'other', before);
  repo.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  repo.write('a.txt', `stashed ${SECRET}\n`);
  repo.git('stash', 'push', '-m', 'one');
  repo.write('a.txt', 'stashed\n');
  repo.git('stash', 'push', '-m', 'two');
  repo.commit('gone', { 'gone.txt': `${SECRET}\n` });
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.git('status');
  return { repo, before, signed };
}
