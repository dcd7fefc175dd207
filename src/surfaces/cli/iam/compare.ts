import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import type { CompareCommandOptions } from './compare-command.ts';

/** `fourproof iam compare <a.json> <b.json>`; what it does is loaded when it runs. */
export function addCompare(iam: Command): void {
  iam
    .command('compare')
    .description('is everything that one policy allows also allowed by the other? A request in each direction, or none')
    .argument('<a.json>', 'a policy document, or the ARN of a policy that AWS manages')
    .argument('<b.json>', 'another one')
    .option('--any-action', 'count requests whose action or resource no AWS service has')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit codes: 0 both allow the same · 1 they differ · 2 not readable · 4 not decided')
    .action((a: string, b: string, options: CompareCommandOptions) =>
      runCommand(async () => (await import('./compare-command.ts')).compareCommand(a, b, options)),
    );
}
