import type { Result } from '../../model/index.ts';
import { counted, grouped } from '../shared/words.ts';
import { fit, LIMITS, type Limits } from './fit.ts';
import { locationOf, messageOf, ROOT } from './places.ts';
import { candidatesOf } from './results.ts';
import { rulesOf } from './rules.ts';
import type { Notification, SarifResult } from './types.ts';

const MOST_NOTICES = 1000;

export interface SarifOptions {
  /** Which kinds of results are written; all when absent. Services that raise an alert for every kind want `fail` only. */
  readonly kinds?: readonly SarifResult['kind'][];
  readonly limits?: Limits;
}

/**
 * The result as SARIF 2.1.0 in one run: a rule a control, a result a counterexample (`fail`), gap (`open`) or proof
 * (`pass`), decisions of people as suppressions. Within GitHub's limits: the worst are kept, and a notification says
 * what was left out.
 */
export function renderSarif(result: Result, options: SarifOptions = {}): string {
  const { kinds = ['fail', 'open', 'pass'], limits = LIMITS } = options;
  const rules = new Map([...rulesOf(result)].slice(0, limits.rules));
  const candidates = candidatesOf(result, [...rules.keys()]).filter(({ kind }) => kinds.includes(kind));
  const notifications = result.notices.slice(0, MOST_NOTICES).map(notificationOf);
  const driver = {
    name: result.tool.name,
    semanticVersion: result.tool.version,
    version: result.tool.version,
    rules: [...rules.values()],
  };
  const rest = Buffer.byteLength(JSON.stringify([driver, notifications]));
  const { results, left } = fit(candidates, rest, limits);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder that was verified.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [...(left > 0 ? [truncation(left)] : []), ...notifications],
          },
        ],
        results,
        properties: { now: result.now, digest: result.digest, products: counted(result.products.length, 'product') },
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
}

function notificationOf({ level, message, at }: Result['notices'][number]): Notification {
  return { level, message: messageOf(message), ...(at === undefined ? {} : { locations: [locationOf(at)] }) };
}

function truncation(left: number): Notification {
  const text = `${grouped(left)} results were left out to stay within the limits of uploads; the worst were kept. The JSON result has them all: fourproof verify --format json`;
  return { level: 'warning', message: { text }, descriptor: { id: 'fourproof/truncated' } };
}
