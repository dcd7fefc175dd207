import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../src/surfaces/cli/program.ts';

const COLUMNS = 100;

/** What `--help` of a command prints on a terminal of a fixed width. */
function helpOf(command: Command): string {
  let printed = '';
  command.configureOutput({
    writeOut: (text) => (printed += text),
    getOutHelpWidth: () => COLUMNS,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return printed;
}

describe('--help', () => {
  const program = buildProgram();
  const commands = [program, ...program.commands];

  it.each(commands.map((command) => [command.name(), command] as const))(
    'of %s stays as it is',
    async (name, command) => {
      await expect(helpOf(command)).toMatchFileSnapshot(`help/${name}.txt`);
    },
  );

  it('is there for every command, argument and option', () => {
    for (const command of commands) {
      expect(command.description(), command.name()).not.toBe('');
      for (const argument of command.registeredArguments) expect(argument.description, command.name()).not.toBe('');
      for (const option of command.options) {
        expect(option.description || option.long === '--version', `${command.name()} ${option.flags}`).toBeTruthy();
      }
    }
  });
});
