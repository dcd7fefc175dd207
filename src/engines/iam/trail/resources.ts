import type { IamPatterns } from '../../../facts/iam-policy/types.ts';
import { compilePattern, wildcards } from '../concrete/wildcard.ts';
import type { ServiceData } from '../services/service-data.ts';
import type { Kleene } from './preview.ts';
import type { TrailRequest } from './types.ts';

/** Services whose records name every resource that IAM was asked about. */
const NAMES_ALL: ReadonlySet<string> = new Set(['s3', 'sts', 'kms', 'dynamodb', 'secretsmanager']);
/** No pattern names this; only a wildcard matches it. */
const ANY_NAME = '7zq0no-name-of-anybody';

/** Whether the statement is about the resource of a request: by the ARNs that its record names, else by the form that they must have. */
export function matchesResources(
  { negated, patterns }: IamPatterns,
  request: TrailRequest,
  services: ServiceData,
): Kleene {
  if (patterns.includes('*')) return !negated;
  const answers = resourcesOf(request, services).map(({ text, known, prefix, required }): Kleene => {
    const named = patterns.some((pattern) => !pattern.includes('${') && compilePattern(wildcards(pattern))(text));
    if (named) return required ? !negated : UNKNOWN;
    const possible = patterns.some((pattern) => pattern.includes('${') || (!known && mayMatch(pattern, prefix)));
    if (possible) return UNKNOWN;
    return negated ? (required ? true : UNKNOWN) : false;
  });
  if (answers.some((answer) => answer === true)) return true;
  if (answers.length === 0 || answers.some((answer) => answer !== false)) return UNKNOWN;
  return false;
}

const UNKNOWN: readonly string[] = ['the resource'];

interface Touched {
  readonly text: string;
  /** Whether the text is the whole ARN. */
  readonly known: boolean;
  /** What the ARN begins with for certain. */
  readonly prefix: string;
  readonly required: boolean;
}

function resourcesOf({ action, resources, region, account }: TrailRequest, services: ServiceData): Touched[] {
  const named = resources.map((text) => ({ text, known: true, prefix: text, required: true }));
  const [service = ''] = action.split(':');
  if (named.length > 0 && NAMES_ALL.has(service)) return named;
  const formed = services.resourceTypesOf(action).map(({ arn, required }): Touched => {
    const text = arn.replace('${Partition}', 'aws').replace('${Region}', region).replace('${Account}', account);
    return {
      text: text.replace(/\$\{[^}]*\}/g, ANY_NAME),
      known: false,
      prefix: text.replace(/\$\{.*$/s, ''),
      required,
    };
  });
  if (formed.length === 0 && named.length === 0) return [{ text: '*', known: true, prefix: '*', required: true }];
  return [...named, ...formed];
}

function mayMatch(pattern: string, prefix: string): boolean {
  const fixed = pattern.replace(/[*?].*$/s, '');
  return fixed.startsWith(prefix) || prefix.startsWith(fixed);
}
