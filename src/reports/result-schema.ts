import { z } from 'zod';
import { GAP_REASONS, RESULT_SCHEMA, STATUSES, THREAT_IDS, type Json } from '../model/index.ts';

/** Deepest nesting of free values: a stored result comes from anywhere, and whatever reads it recurses. */
const DEEPEST = 100;

const text = (description: string) => z.string().describe(description);
const count = (description: string) => z.int().min(0).describe(description);
const optional = z.exactOptional;
const json = z.custom<Json>((value) => isJson(value, DEEPEST)).meta({ id: 'json', description: 'Any JSON.' });

const status = z
  .enum(STATUSES)
  .describe(
    'mitigated: proven over everything in scope; open: a counterexample stands; unknown: it could not be decided; not-applicable: the thing is provably absent.',
  );
const severity = z.enum(['info', 'low', 'medium', 'high', 'critical']);
const fingerprint = text('Identity from content and route, never from line numbers; stable between runs.');

const location = z
  .object({
    path: text('Path below the root that was verified, with forward slashes.'),
    startLine: z.int().min(1).describe('From 1.'),
    startColumn: z.int().min(1).describe('From 1, in UTF-16 code units.'),
    endLine: z.int().min(1).describe('From 1.'),
    endColumn: z.int().min(1).describe('From 1, in UTF-16 code units, exclusive.'),
    route: optional(text("Where in the document's own structure it stands, e.g. `jobs.build.steps[2].uses`.")),
    revision: optional(text('Id of the commit whose version of the file is meant; absent for the tree itself.')),
  })
  .meta({ id: 'location', description: 'A range of source text.' });

const decision = z
  .object({
    reason: text('Why, in the words of its owner.'),
    owner: text('The team or person that answers for it.'),
    expires: optional(text('Last day on which it holds, YYYY-MM-DD, UTC.')),
    by: text("Where it stands: fourproof.yaml, or the team's own ignore file or comment."),
  })
  .meta({ id: 'decision', description: 'A decision of people that is in force.' });

const gap = z
  .object({
    fingerprint,
    reason: z.enum(GAP_REASONS).describe('Why it could not be decided; the list is closed.'),
    message: text('What could not be decided, as a sentence.'),
    at: optional(location),
    closes: optional(text('The command to run or the file to add that closes it.')),
    accepted: optional(decision),
  })
  .meta({ id: 'gap', description: 'Why a control could not decide, and what would close the gap.' });

const proof = z
  .object({
    claim: text('What was shown, as a sentence.'),
    scope: z.object({
      what: text('What one element is, in the plural.'),
      count: count('How many elements were enumerated.'),
      digest: text('SHA-256 over the names of the elements, in order.'),
    }),
    method: text('How it was shown: the analysis, whether executed or modelled, and its assumptions.'),
    witnesses: z
      .array(z.object({ at: optional(location), note: z.string() }))
      .describe('Source lines that make the claim true.'),
    dismissed: optional(
      z.array(fingerprint).describe('Findings that were dismissed and therefore do not count against the claim.'),
    ),
  })
  .meta({
    id: 'proof',
    description: 'Evidence that a control holds over everything in its scope, or that what it is about is absent.',
  });

const head = {
  id: text('Name of the control, unique in its threat.'),
  kind: z.enum(['exposure', 'guard']).describe('exposure: is it open now? guard: would it be stopped next time?'),
  title: text('What must hold, as a sentence.'),
};

const control = z
  .union([
    z.object({ ...head, status: z.enum(['mitigated', 'not-applicable']), proof }),
    z.object({ ...head, status: z.literal('unknown'), gaps: z.tuple([gap], gap).meta({ minItems: 1 }) }),
    z.object({
      ...head,
      status: z.literal('open'),
      findings: z
        .tuple([fingerprint], fingerprint)
        .meta({ minItems: 1 })
        .describe("Fingerprints of the standing findings in the threat's list."),
      gaps: optional(z.array(gap)),
    }),
  ])
  .meta({ id: 'control', description: 'The verdict on one control, with its evidence.' });

const step = z
  .object({ at: location, note: z.string(), role: z.enum(['source', 'step', 'sink', 'guard']) })
  .meta({ id: 'step', description: 'A step from the outside to the harm.' });

const finding = z
  .object({
    fingerprint,
    control: text('Id of the control that it breaks.'),
    severity,
    title: text('One line: what is wrong, with the concrete value.'),
    dismissed: optional(decision),
    accepted: optional(decision),
    location: location.describe('Where it happens: the last step of the trace.'),
    excerpt: optional(
      z
        .object({ startLine: z.int().min(1), lines: z.array(z.string()) })
        .describe('Source lines around the location, secrets redacted.'),
    ),
    counterexample: z.object({
      summary: text('What happens, in one or two sentences.'),
      input: z
        .object({ kind: z.string() })
        .catchall(json)
        .describe('The concrete input of the attack; `kind` says of what form it is.'),
      trace: z.tuple([step], step).meta({ minItems: 1 }),
      replay: z.object({ engine: z.string(), args: z.record(z.string(), json) }).describe('How to see it again.'),
      grants: z.array(z.string()).describe('What the attacker has afterwards.'),
    }),
  })
  .meta({ id: 'finding', description: 'One counterexample with its identity and the decisions about it.' });

const verdict = z
  .object({
    product: z.string(),
    threat: z.enum(THREAT_IDS),
    title: z.string(),
    question: text('The question whose honest "no" closes the threat.'),
    references: optional(z.array(z.string()).describe('Identifiers of the field: CWE, ATT&CK, CIS, OWASP, SLSA.')),
    status: status.describe('The worst of both sides: open > unknown > mitigated > not-applicable.'),
    exposure: status.describe('Is it open now?'),
    guard: status.describe('Would it be stopped next time?'),
    controls: z.array(control),
    findings: z.array(finding).describe('Worst first; dismissed ones stay, marked.'),
  })
  .meta({ id: 'verdict', description: 'The verdict on one threat for one product.' });

/** `fourproof/result/v1`: what `--format json` writes, and what `--result` reads. Later minor versions may add fields. */
export const resultSchema = z
  .object({
    schema: z.literal(RESULT_SCHEMA),
    tool: z.object({ name: z.literal('fourproof'), version: z.string() }),
    now: text('The time that expiry is judged at, ISO 8601, UTC.'),
    digest: text('SHA-256 of everything in the result but times.'),
    products: z.array(z.object({ name: z.string(), paths: z.array(z.string()) })),
    verdicts: z.array(verdict),
    paths: z.array(json).describe('Attack paths across the layers.'),
    inventory: z
      .object({
        files: count('Files in scope.'),
        bytes: count('Their size.'),
        facts: z.record(z.string(), z.int().min(0)).describe('Number of facts by kind.'),
        languages: z.record(z.string(), z.int().min(0)).describe('Number of source files by language.'),
      })
      .describe('What was found to look at.'),
    notices: z.array(z.object({ level: z.enum(['error', 'warning']), message: z.string(), at: optional(location) })),
    timings: z.record(z.string(), z.number().min(0)).describe('Milliseconds by stage.'),
  })
  .meta({
    title: 'A result of fourproof',
    description: 'The verdict on every threat of every product, each with its evidence.',
  });

function isJson(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null)
    return ['string', 'number', 'boolean', 'object'].includes(typeof value);
  return depth > 0 && Object.values(value).every((item) => isJson(item, depth - 1));
}
