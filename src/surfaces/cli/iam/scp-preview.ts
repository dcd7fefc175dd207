import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import type { ScpPreviewOptions } from './scp-preview-command.ts';

/** `fourproof iam scp-preview <policy.json>`; what it does is loaded when it runs. */
export function addScpPreview(iam: Command): void {
  iam
    .command('scp-preview')
    .description('what would a service control policy have denied of what CloudTrail recorded?')
    .argument('<policy.json>', 'the policy as it would be')
    .requiredOption('--trail <path...>', 'files or folders of CloudTrail, .json or .json.gz')
    .option('--current <policy.json>', 'the policy as it is: what it denies already is not counted again')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing more is denied · 1 something is · 2 not readable · 4 not decided for some',
    )
    .action((policy: string, options: ScpPreviewOptions) =>
      runCommand(async () => (await import('./scp-preview-command.ts')).scpPreviewCommand(policy, options)),
    );
}
