import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './git-repository.ts';

/**
 * The repository of a golden case that has a history: each folder of `history/`, in order of its number, is the whole
 * tree of a commit, and its name the message (`1-add-the-key`); `input/` is the last one. Ids are the same every time.
 */
export function caseRepository(folder: string): TestRepository {
  const repository = new TestRepository();
  const history = join(folder, 'history');
  const steps = readdirSync(history).sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  for (const step of steps) commitTree(repository, join(history, step), step.replace(/^\d+-/, '').replaceAll('-', ' '));
  commitTree(repository, join(folder, 'input'), 'as it is now');
  return repository;
}

function commitTree(repository: TestRepository, from: string, message: string): void {
  for (const name of readdirSync(repository.folder))
    if (name !== '.git') rmSync(join(repository.folder, name), { recursive: true });
  cpSync(from, repository.folder, { recursive: true });
  repository.commit(message);
}
