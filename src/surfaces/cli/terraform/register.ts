import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import { collect, path } from '../options.ts';
import type { TerraformOptions } from './commands.ts';

/** Registers `fourproof terraform` and what is below it. Each command's code is loaded when it runs. */
export function addTerraform(program: Command): void {
  const terraform = program
    .command('terraform')
    .description('evaluate Terraform as a plan would, offline, with the origin of every value');
  evaluating(terraform.command('show'))
    .description('print every resource, with its unknowns and its place')
    .addArgument(path('folder of the configuration'))
    .action((where: string, options: TerraformOptions) =>
      runCommand(async () => (await import('./commands.ts')).showCommand(where, options)),
    );
  evaluating(terraform.command('why'))
    .description('print the places that a value came from, nearest first')
    .argument('<address>', 'address of a resource with an attribute, as in aws_iam_policy.ci.policy')
    .addArgument(path('folder of the configuration'))
    .action((address: string, where: string, options: TerraformOptions) =>
      runCommand(async () => (await import('./commands.ts')).whyCommand(address, where, options)),
    );
}

function evaluating(command: Command): Command {
  return command
    .option('--var-file <file>', 'take values of variables from a file below the folder (may be repeated)', collect)
    .option('--var <name=value>', 'give a variable a value (may be repeated)', collect)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}
