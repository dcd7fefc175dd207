import type { Evaluation } from '../../src/engines/terraform/evaluate.ts';
import { attributeOfResource } from '../../src/engines/terraform/resource-object.ts';
import { moduleSummaries } from '../../src/engines/terraform/summaries.ts';
import { readModuleSummaries } from '../../src/sources/assets.ts';
import { answerOf, type Answer } from './answers.ts';
import { evaluated } from './evaluated.ts';

/** The texts of all summaries. */
export const texts = readModuleSummaries();
/** The summaries as a configuration asks for them. */
export const summaries = moduleSummaries(texts);
/** Where the submodules of iam are. */
export const IAM = 'terraform-aws-modules/iam/aws//modules/';
const PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n';
/** Host that issues the tokens of GitHub's workflows. */
export const TOKENS = 'token.actions.githubusercontent.com';

/** What a call of a module says whose summary stands for it. */
export function called(source: string, version: string | undefined, body: string, rest = ''): Evaluation {
  const pinned = version === undefined ? '' : `  version = "${version}"\n`;
  const call = `module "m" {\n  source = "${source}"\n${pinned}${body}\n}\n`;
  return evaluated(PROVIDER + call + rest, { summaries });
}

/** An attribute of a resource in it, also one that the provider computes. */
export function at({ resources }: Evaluation, address: string, attribute: string): Answer | undefined {
  const resource = resources.find((one) => one.address === `module.m.${address}`);
  return resource === undefined ? undefined : answerOf(attributeOfResource(resource, attribute));
}

/** The statements of a policy, as far as they are known. */
export function statements({ resources }: Evaluation, address: string, attribute: string): readonly Answer[] {
  const resource = resources.find((one) => one.address === `module.m.${address}`);
  const value = resource === undefined ? undefined : attributeOfResource(resource, attribute);
  const decoded = value?.kind === 'string' || value?.kind === 'unknown' ? value.decoded : undefined;
  const list = decoded?.kind === 'object' ? decoded.entries.get('Statement') : undefined;
  const answer = list === undefined ? [] : answerOf(list);
  return isList(answer) ? answer : [answer];
}

function isList(answer: Answer): answer is readonly Answer[] {
  return Array.isArray(answer);
}

/** Its managed resources, below the module. */
export function addresses({ resources }: Evaluation): string[] {
  return resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ address }) => address.replace(/^module\.m\./, ''))
    .sort();
}
