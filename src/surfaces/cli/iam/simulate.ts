import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import type { SimulateOptions } from './simulate-command.ts';

/** `fourproof iam simulate <request.json>`; what it does is loaded when it runs. */
export function addSimulate(iam: Command): void {
  iam
    .command('simulate')
    .description('decide one request: Allowed, ImplicitlyDenied or ExplicitlyDenied, with the statements that decided')
    .argument('<request.json>', 'the request with all policies that apply to it (docs/iam.md); - for stdin')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((file: string, options: SimulateOptions) =>
      runCommand(async () => (await import('./simulate-command.ts')).simulateCommand(file, options)),
    );
}
