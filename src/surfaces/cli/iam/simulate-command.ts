import { readFileSync, statSync } from 'node:fs';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { readScenario } from '../../../engines/iam/scenario/read-scenario.ts';
import { managedPolicies } from '../../../engines/iam/services/managed-policies.ts';
import { serviceData } from '../../../engines/iam/services/service-data.ts';
import type { DecidingStatement, IamDecision } from '../../../engines/iam/types.ts';
import { inert } from '../../../lib/inert.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { readIamData } from '../../../sources/assets.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';

export interface SimulateOptions {
  readonly format: 'text' | 'json';
}

const MOST_BYTES = 32 * 1024 * 1024;

/** Decides the request of a file. Ends with 0 whatever the decision is, with 2 where the file cannot be read. */
export async function simulateCommand(file: string, options: SimulateOptions): Promise<number> {
  const data = readIamData();
  const name = file === '-' ? 'stdin' : file;
  const { managedPolicy } = managedPolicies(data.managedPolicies);
  const { scenario, problems } = readScenario(name, textOf(file), managedPolicy);
  if (scenario === undefined)
    throw new CommandFailure(problems.map(({ message, at }) => `${placeOf(at) ?? name}: ${message}`).join('\n'));
  const { request, applied } = scenario;
  const services = serviceData(data.services);
  const warnings = services.actionExists(request.action)
    ? []
    : [`no service has the action ${request.action} (data of ${services.about.date})`];
  const decision = evaluate(request, applied);
  if (options.format === 'json') put(JSON.stringify(jsonOf(decision, warnings), null, 2), undefined);
  else {
    for (const warning of warnings) process.stderr.write(`warning: ${inert(warning)}\n`);
    put(linesOf(decision).join('\n'), undefined);
  }
  return 0;
}

function textOf(file: string): string {
  try {
    if (file !== '-' && statSync(file).size > MOST_BYTES)
      throw new CommandFailure(`fourproof: ${file} is above 32 MiB`);
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(
      `fourproof: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function jsonOf({ decision, by, missing }: IamDecision, warnings: readonly string[]): unknown {
  return {
    schema: 'fourproof/iam-simulate/v1',
    decision,
    by: by.map(({ layer, target, policy, statement }) => ({
      layer,
      ...(target === undefined ? {} : { target }),
      ...(policy.name === undefined ? {} : { policy: policy.name }),
      statement: statement.index,
      ...(statement.sid === undefined ? {} : { sid: statement.sid }),
      effect: statement.effect,
      ...(statement.at === undefined ? {} : { at: statement.at }),
    })),
    missing,
    warnings,
  };
}

function linesOf({ decision, by, missing }: IamDecision): string[] {
  return [
    decision,
    ...by.map((deciding) => `  ${lineOf(deciding)}`),
    ...missing.map((layer) => `  ${layer}: nothing allows it`),
  ];
}

function lineOf({ layer, target, policy, statement }: DecidingStatement): string {
  const where = target === undefined ? layer : `${layer} (${target})`;
  const sid = statement.sid === undefined ? '' : ` ${statement.sid}`;
  const at = placeOf(statement.at);
  return inert(
    `${where}: ${statement.effect} by statement ${statement.index}${sid} of ${policy.name ?? 'a policy'}${at === undefined ? '' : `  ${at}`}`,
  );
}

function placeOf(at: SourceLocation | undefined): string | undefined {
  return at === undefined ? undefined : `${at.path}:${at.startLine}:${at.startColumn}`;
}
