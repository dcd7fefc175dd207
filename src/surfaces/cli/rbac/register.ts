import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import { collect } from '../options.ts';
import type { CanIOptions, RbacOptions } from './commands.ts';

/** Registers `fourproof rbac` and what is below it. Each command's code is loaded when it runs. */
export function addRbac(program: Command): void {
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
      runCommand(async () => (await import('./commands.ts')).canICommand(verb, resource, options)),
    );
  asking(rbac.command('who-can'))
    .description('print everybody who may do something')
    .argument('<verb>', 'get, create, impersonate, * ...')
    .argument('<resource>', 'pods, pods/exec, deployments.apps, or a path as /metrics')
    .option('--all', 'also controllers and components of Kubernetes itself')
    .action((verb: string, resource: string, options: RbacOptions) =>
      runCommand(async () => (await import('./commands.ts')).whoCanCommand(verb, resource, options)),
    );
  asking(rbac.command('secrets'))
    .description('print each secret and everybody who can read it in the end, with the path')
    .option('--all', 'also controllers and components of Kubernetes itself')
    .action((options: RbacOptions) => runCommand(async () => (await import('./commands.ts')).secretsCommand(options)));
}

function asking(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder of the product', '.')
    .option('-n, --namespace <namespace>', 'in one namespace instead of the whole cluster')
    .option('--name <name>', 'of one object instead of all')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}
