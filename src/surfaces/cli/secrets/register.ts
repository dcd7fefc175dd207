import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { runCommand } from '../exit.ts';
import { addCleanCommand } from './clean-options.ts';
import { addHistoryOptions } from './history-options.ts';
import { SECRET_FORMATS, type ScanCommandOptions } from './options.ts';

/** Registers `fourproof secrets` and what is below it. Each command's code is loaded when it runs. */
export function addSecrets(program: Command): void {
  const secrets = program
    .command('secrets')
    .description('find secrets with gitleaks rules, in files, archives and encoded text');
  addHistoryOptions(secrets.command('scan'))
    .description('scan the files of a folder, or what is staged, with the gitleaks configuration that stands there')
    .addArgument(new Argument('[path]', 'folder or file to scan').default('.', 'here'))
    .option('-c, --config <file>', 'gitleaks configuration; otherwise .gitleaks.toml, otherwise our own rules')
    .option('--staged', 'scan the lines that the next commit would bring (for a pre-commit hook)')
    .option('-b, --baseline <file>', 'leave out what an earlier JSON report holds')
    .option('--no-redact', 'print secrets whole')
    .addOption(new Option('-f, --format <format>', 'how to print').choices(SECRET_FORMATS).default('text'))
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option('--decode-depth <n>', 'undo percent, unicode, hex and base64 encodings so often', count, 5)
    .option('--archive-depth <n>', 'open zip, tar and gzip so deep', count, 0)
    .option('--threads <n>', 'worker threads; 0 chooses by the size of the tree', count, 0)
    .action((where: string, options: ScanCommandOptions) =>
      runCommand(async () => (await import('./scan.ts')).scanCommand(where, options)),
    );
  addCleanCommand(secrets);
  secrets
    .command('rules')
    .description('work with rule files')
    .command('test')
    .description('run the examples that stand in rule files, and name rules without any')
    .addArgument(new Argument('[path]', 'folder of rule files').default('.', 'here'))
    .action((where: string) => runCommand(async () => (await import('./rules-test.ts')).rulesTestCommand(where)));
}

function count(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('give a number from 0 to 999');
  return Number(text);
}
