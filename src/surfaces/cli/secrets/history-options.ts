import { Option, type Command } from 'commander';

/** Adds what `secrets scan` can be told about the history. */
export function addHistoryOptions(scan: Command): Command {
  return scan
    .addOption(
      new Option(
        '--history',
        'scan every object of the repository: old versions, messages, stashes, what nothing reaches',
      ).conflicts(['staged', 'baseline']),
    )
    .addOption(
      new Option('--range <base..head>', 'scan what these commits bring in').conflicts(['staged', 'baseline']),
    );
}
