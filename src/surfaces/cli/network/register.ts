import { Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import { collect } from '../options.ts';
import type { NetworkCommandOptions } from './commands.ts';

/** Registers `fourproof network` and what is below it. Each command's code is loaded when it runs. */
export function addNetwork(program: Command): void {
  const network = program
    .command('network')
    .description('who reaches whom, by the network policies of a folder, exactly');
  networking(network.command('connlist'))
    .description('print every connection that policies allow, one line for each pair')
    .action((options: NetworkCommandOptions) =>
      runCommand(async () => (await import('./commands.ts')).connlistCommand(options)),
    );
  networking(network.command('can-reach'))
    .description('tell whether a connection is allowed, and the rules that decide')
    .argument('<from>', 'namespace/name of a workload, its name alone, or an address')
    .argument('<to>', 'the same')
    .argument('[port]', '5432, UDP/53 or ICMP; without it, all that are allowed are printed')
    .action((from: string, to: string, port: string | undefined, options: NetworkCommandOptions) =>
      runCommand(async () => (await import('./commands.ts')).canReachCommand(from, to, port, options)),
    );
}

function networking(command: Command): Command {
  return command
    .option('--dir <folder>', 'folder of the product', '.')
    .option('--pod-network <cidr>', 'network that pods get their addresses from (may be repeated)', collect)
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'));
}
