import { sourceFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every request that the product sends and everything that its host is made of. */
export const chosenHosts = undecided({
  id: 'chosen-hosts',
  kind: 'exposure',
  title: 'Input from outside chooses the host of no request that the server makes',
  needs: [],
  found: sourceFiles,
  missing: 'this version has no engine that follows input from an entry point to the host of a request',
  closes: 'check by hand: semgrep scan --config <your rules>',
});
