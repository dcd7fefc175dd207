import { type Command, Option } from 'commander';
import { runCommand } from '../exit.ts';
import type { PathsOptions } from './paths-command.ts';

/** Adds `paths` to the verbs of `fourproof iam`. */
export function addPaths(command: Command): void {
  command
    .command('paths')
    .description('print who becomes administrator, or a named principal, step by step with the requests')
    .option('--dir <folder>', 'folder of the product', '.')
    .option('--from <who>', 'only from this user, workload or account')
    .option('--to <arn>', 'a user or role instead of administrators')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((options: PathsOptions) =>
      runCommand(async () => (await import('./paths-command.ts')).pathsCommand(options)),
    );
}
