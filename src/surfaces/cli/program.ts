import { Argument, Command, Option } from 'commander';
import { readVersion } from '../../sources/assets.ts';
import type { DecideOptions } from './decide-command.ts';
import type { DiffOptions } from './diff-command.ts';
import { runCommand } from './exit.ts';
import type { ExplainOptions } from './explain-command.ts';
import type { InitOptions } from './init-command.ts';
import { FORMATS } from './output.ts';
import type { CanIOptions, RbacOptions } from './rbac-command.ts';
import type { NetworkCommandOptions } from './network-command.ts';
import type { ReplayOptions } from './replay-command.ts';
import { addSecretsCommands } from './secrets-command.ts';
import type { TerraformOptions } from './terraform-command.ts';
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

  const terraform = program
    .command('terraform')
    .description('evaluate Terraform as a plan would, offline, with the origin of every value');
  evaluating(terraform.command('show'))
    .description('print every resource, with its unknowns and its place')
    .addArgument(path('folder of the configuration'))
    .action((where: string, options: TerraformOptions) =>
      runCommand(async () => (await import('./terraform-command.ts')).showCommand(where, options)),
    );
  evaluating(terraform.command('why'))
    .description('print the places that a value came from, nearest first')
    .argument('<address>', 'address of a resource with an attribute, as in aws_iam_policy.ci.policy')
    .addArgument(path('folder of the configuration'))
    .action((address: string, where: string, options: TerraformOptions) =>
      runCommand(async () => (await import('./terraform-command.ts')).whyCommand(address, where, options)),
    );

  addSecretsCommands(program);

  const rbac = program
    .command('rbac')
    .description('answer who may do what in the cluster, and who can become whom, from the files alone');
  asking(rbac.command('can-i'))
    .description('say whether somebody may do something, and by which rules')
    .argument('<verb>', 'get, create, impersonate, * ...')
    .argument('<resource>', 'pods, pods/exec, deployments.apps, or a path as /metrics')
    .requiredOption('--as <subject>', 'user name, namespace/name of a service account, or ARN of an IAM principal')
    .option('--as-group <group>', 'also as a member of a group (may be repeated)', collect)
    .action((verb: string, resource: string, options: CanIOptions) =>
      runCommand(async () => (await import('./rbac-command.ts')).canICommand(verb, resource, options)),
    );
  asking(rbac.command('who-can'))
    .description('print everybody who may do something')
    .argument('<verb>', 'get, create, impersonate, * ...')
    .argument('<resource>', 'pods, pods/exec, deployments.apps, or a path as /metrics')
    .option('--all', 'also controllers and components of Kubernetes itself')
    .action((verb: string, resource: string, options: RbacOptions) =>
      runCommand(async () => (await import('./rbac-command.ts')).whoCanCommand(verb, resource, options)),
    );
  asking(rbac.command('secrets'))
    .description('print each secret and everybody who can read it in the end, with the path')
    .option('--all', 'also controllers and components of Kubernetes itself')
    .action((options: RbacOptions) =>
      runCommand(async () => (await import('./rbac-command.ts')).secretsCommand(options)),
    );

  const network = program
    .command('network')
    .description('who reaches whom, by the network policies of a folder, exactly');
  networking(network.command('connlist'))
    .description('print every connection that policies allow, one line for each pair')
    .action((options: NetworkCommandOptions) =>
      runCommand(async () => (await import('./network-command.ts')).connlistCommand(options)),
    );
  networking(network.command('can-reach'))
    .description('tell whether a connection is allowed, and the rules that decide')
    .argument('<from>', 'namespace/name of a workload, its name alone, or an address')
    .argument('<to>', 'the same')
    .argument('[port]', '5432, UDP/53 or ICMP; without it, all that are allowed are printed')
    .action((from: string, to: string, port: string | undefined, options: NetworkCommandOptions) =>
      runCommand(async () => (await import('./network-command.ts')).canReachCommand(from, to, port, options)),
    );

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

function path(what = 'folder of the product'): Argument {
  return new Argument('[path]', what).default('.', 'here');
}

function evaluating(command: Command): Command {
  return command
    .option('--var-file <file>', 'take values of variables from a file below the folder (may be repeated)', collect)
    .option('--var <name=value>', 'give a variable a value (may be repeated)', collect)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}

function asking(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder of the product', '.')
    .option('-n, --namespace <namespace>', 'in one namespace instead of the whole cluster')
    .option('--name <name>', 'of one object instead of all')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}

function networking(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder of the product', '.')
    .option('--pod-network <cidr>', 'network that pods get their addresses from (may be repeated)', collect)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
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
