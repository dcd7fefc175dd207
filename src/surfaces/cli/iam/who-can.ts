import { type Command, Option } from 'commander';
import { runCommand } from '../exit.ts';
import type { WhoCanOptions } from './who-can-command.ts';

/** Adds `who-can` to the verbs of `fourproof iam`. */
export function addWhoCan(command: Command): void {
  command
    .command('who-can')
    .description('print who may do something, directly or after becoming somebody else')
    .argument('<action>', 'as in secretsmanager:GetSecretValue')
    .argument('[resource]', 'ARN, or a pattern of ARNs', '*')
    .option('--dir <folder>', 'folder of the product', '.')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((action: string, resource: string, options: WhoCanOptions) =>
      runCommand(async () => (await import('./who-can-command.ts')).whoCanCommand(action, resource, options)),
    );
}
