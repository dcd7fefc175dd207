import { sourceFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every flow from an entry point of the product to an interpreter. */
export const taintedFlows = undecided({
  id: 'tainted-flows',
  kind: 'exposure',
  title: 'Input from outside reaches no interpreter unescaped',
  needs: [],
  found: sourceFiles,
  missing: 'this version has no engine that follows input from an entry point to an interpreter',
  closes: 'check by hand: semgrep scan --config <your rules>',
});
