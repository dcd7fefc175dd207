import { Command, Option } from 'commander';
import { readVersion } from '../../sources/assets.ts';
import type { DecideOptions } from './decide-command.ts';
import type { DiffOptions } from './diff-command.ts';
import { runCommand } from './exit.ts';
import type { ExplainOptions } from './explain-command.ts';
import { addIam } from './iam/register.ts';
import type { InitOptions } from './init-command.ts';
import { addNetwork } from './network/register.ts';
import { path } from './options.ts';
import { FORMATS } from './output.ts';
import { addRbac } from './rbac/register.ts';
import type { ReplayOptions } from './replay-command.ts';
import { addSecrets } from './secrets/register.ts';
import { addTerraform } from './terraform/register.ts';
import type { VerifyCommandOptions } from './verify-command.ts';

/** The command line. Each command's code is loaded when it runs. */
export function buildProgram(): Command {
  const program = new Command('fourproof')
    .description(
      'Is every threat of your threat model really mitigated? A verdict for each, with a proof or a replayable counterexample.',
    )
    .version(readVersion(), '-V, --version')
    .showHelpAfterError('(fourproof --help shows what there is)')
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2);
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing open · 1 open · 2 usage, config or internal error · 3 no readable file · 4 unknown, with --fail-on unknown',
    );

  verifying(program.command('verify', { isDefault: true }))
    .description('verify a product against its fifteen threats')
    .addArgument(path())
    .addOption(new Option('-f, --format <format>', 'how to print the result').choices(FORMATS).default('terminal'))
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .addOption(
      new Option('--fail-on <what>', 'what ends with a failure')
        .choices(['open', 'exposure', 'unknown'])
        .default('open'),
    )
    .action((where: string, options: VerifyCommandOptions) =>
      runCommand(async () => (await import('./verify-command.ts')).verifyCommand(where, options)),
    );

  verifying(program.command('explain'))
    .description('show all evidence for a threat, a finding or a gap')
    .argument('<threat|fingerprint>', 'container/mutable-images, or a fingerprint of the output')
    .addArgument(path())
    .option('--result <file>', 'explain a stored JSON result instead of verifying again')
    .action((target: string, where: string, options: ExplainOptions) =>
      runCommand(async () => (await import('./explain-command.ts')).explainCommand(target, where, options)),
    );

  verifying(program.command('replay'))
    .description('see a counterexample happen again, by a second evaluator (exit 1 when it does)')
    .argument('<fingerprint>', 'fingerprint of a finding')
    .addArgument(path())
    .option('--result <file>', 'take the counterexample from a stored JSON result')
    .action((fingerprint: string, where: string, options: ReplayOptions) =>
      runCommand(async () => (await import('./replay-command.ts')).replayCommand(fingerprint, where, options)),
    );

  deciding(program.command('accept'))
    .description('carry a real risk for a time: changes the exit code, never the verdict')
    .requiredOption('--expires <day>', 'last day on which it holds, YYYY-MM-DD')
    .action((fingerprint: string, where: string, options: DecideOptions) =>
      runCommand(async () =>
        (await import('./decide-command.ts')).decideCommand('acceptances', fingerprint, where, options),
      ),
    );

  deciding(program.command('dismiss'))
    .description('take a counterexample that is not real out of its verdict, in full sight')
    .option('--expires <day>', 'last day on which it holds, YYYY-MM-DD')
    .action((fingerprint: string, where: string, options: DecideOptions) =>
      runCommand(async () =>
        (await import('./decide-command.ts')).decideCommand('dismissals', fingerprint, where, options),
      ),
    );

  verifying(program.command('diff'))
    .description('show what changes between two commits: verdicts and new counterexamples')
    .argument('<base>', 'revision whose config and decisions count')
    .argument('<head>', 'revision with the change')
    .addArgument(path())
    .addOption(
      new Option('-f, --format <format>', 'how to print the changes')
        .choices(['terminal', 'json', 'markdown'])
        .default('terminal'),
    )
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .action((base: string, head: string, where: string, options: DiffOptions) =>
      runCommand(async () => (await import('./diff-command.ts')).diffCommand(base, head, where, options)),
    );

  addTerraform(program);
  addSecrets(program);
  addNetwork(program);
  addRbac(program);

  addIam(program);

  program
    .command('init')
    .description('write a fourproof.yaml with what is found here')
    .addArgument(path())
    .option('--workflow', 'also write .github/workflows/fourproof.yml')
    .action((where: string, options: InitOptions) =>
      runCommand(async () => (await import('./init-command.ts')).initCommand(where, options)),
    );

  return program;
}

function verifying(command: Command): Command {
  return command
    .option('--now <time>', 'judge expiry at this day or time instead of now')
    .option('--no-dismissals', 'show the verdicts as if nothing was dismissed')
    .addOption(rendering());
}

function rendering(): Option {
  return new Option('--render', 'render charts and kustomizations with the helm and kustomize of this machine');
}

function deciding(command: Command): Command {
  return command
    .argument('<fingerprint>', 'fingerprint of the finding or gap')
    .addArgument(path())
    .requiredOption('--reason <text>', 'why, in a sentence that a stranger understands')
    .requiredOption('--owner <name>', 'the team or person that answers for it')
    .option('--now <time>', 'judge expiry at this day or time instead of now')
    .addOption(rendering());
}
