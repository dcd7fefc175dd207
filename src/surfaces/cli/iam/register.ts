import type { Command } from 'commander';
import { addCompare } from './compare.ts';
import { addPaths } from './paths.ts';
import { addScpPreview } from './scp-preview.ts';
import { addSimulate } from './simulate.ts';
import { addWhoCan } from './who-can.ts';

/** `fourproof iam`: each verb is a file of its own in iam/. */
export function addIam(program: Command): void {
  const iam = program.command('iam').description('decide requests against policies of AWS IAM, offline');
  addSimulate(iam);
  addCompare(iam);
  addWhoCan(iam);
  addPaths(iam);
  addScpPreview(iam);
}
