import { Argument, Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import type { CleanOptions } from './clean.ts';

/** Registers `fourproof secrets clean`; its code is loaded when it runs. */
export function addCleanCommand(secrets: Command): void {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  secrets
    .command('clean')
    .description('take secrets out of the whole history; shows what would change, and writes only with --write')
    .addArgument(new Argument('[path]', 'repository').default('.', 'here'))
    .option('--secrets-file <file>', 'secrets to replace, one a line, or secret==>replacement')
    .option('--found', 'replace everything that secrets scan --history finds')
    .option('--finding <fingerprint>', 'replace one finding, commit:file:rule:line (may be repeated)', collect)
    .option('--path <file>', 'take a file out wherever it stood in the history (may be repeated)', collect)
    .option('--token <text>', 'what stands in the place of a secret', '***REMOVED***')
    .option('--write', 'rewrite the repository; never pushes')
    .option('--backup <file>', 'where the backup goes; otherwise beside the repository')
    .option('--no-backup', 'make no backup')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((where: string, options: CleanOptions) =>
      runCommand(async () => (await import('./clean.ts')).cleanCommand(where, options)),
    );
}
