import { inert } from '../../lib/inert.ts';

/** Ends a command with a message for people and an exit code of the table in the README. */
export class CommandFailure extends Error {
  readonly exitCode: 2 | 3;

  constructor(message: string, exitCode: 2 | 3 = 2) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}

/** Runs a command; its expected failures become a message on stderr and an exit code. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    // Messages name paths and keys of the scanned repository.
    process.stderr.write(
      `${error.message
        .split('\n')
        .map((line) => inert(line))
        .join('\n')}\n`,
    );
    process.exitCode = error.exitCode;
  }
}
