import { LAYERS, type Result, type Verdict } from '../../model/index.ts';
import { bestFinding, bestGap, byProduct, countDecisions, countStatuses, gapsOf, standing } from '../shared/pick.ts';
import { counted, grouped, LAYER_WORD, STATUS_MARK, STATUS_ORDER, STATUS_WORD } from '../shared/words.ts';
import { Budget } from './budget.ts';
import { code, prose } from './escape.ts';
import { findingBlock, gapItem, placeText, statusCell } from './parts.ts';

const MOST_FINDINGS = 10;
const MOST_GAPS = 5;
const MOST_NOTICES = 10;
/** Characters that stand around what is folded. */
const AROUND = 500;

/**
 * The result for a comment on a pull request or the summary of a job: a table of the threats, then what is open with
 * its counterexamples and what is unknown with the command that closes it. Never longer than a comment may be.
 */
export function renderMarkdown(result: Result): string {
  const budget = new Budget();
  const groups = byProduct(result);
  const named = groups.length > 1;
  // In the order of what matters: where room runs out, every open threat has had its best counterexample before any has ten.
  const tables = groups.flatMap(({ name, verdicts }) => tableOf(budget, named ? name : undefined, verdicts));
  const notices = noticesOf(budget, result);
  const open = result.verdicts
    .filter(({ status }) => status === 'open')
    .flatMap((verdict) => openOf(budget, verdict, named));
  const unknown = unknownOf(budget, result.verdicts, named);
  const details = open.map(({ verdict, text }) => [text, ...moreOf(budget, verdict)].join('\n\n'));
  const blocks = [...tables, ...notices, ...details, ...unknown];
  const { accepted, dismissed } = countDecisions(result.verdicts);
  const last = [
    ...(accepted + dismissed > 0
      ? [`Decided by people: ${grouped(accepted)} accepted, ${grouped(dismissed)} dismissed.`]
      : []),
    ...(budget.omitted > 0
      ? [`${counted(budget.omitted, 'part')} did not fit into a comment; the JSON result has everything.`]
      : []),
    `Judged as of ${prose(result.now, 40)} by fourproof ${prose(result.tool.version, 40)}. All evidence of a threat: ${code('fourproof explain <threat>')}`,
  ];
  return `${[headingOf(result), ...blocks, `<sub>${last.join(' ')}</sub>`].join('\n\n')}\n`;
}

function headingOf({ verdicts, products }: Result): string {
  const counts = countStatuses(verdicts);
  const summary = STATUS_ORDER.map((status) => `${grouped(counts[status])} ${STATUS_WORD[status]}`).join(' · ');
  const [only] = products;
  const name = products.length === 1 && only !== undefined ? prose(only.name, 80) : counted(products.length, 'product');
  return `### fourproof · ${name}\n\n**${summary}**`;
}

function tableOf(budget: Budget, name: string | undefined, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const head = ['|  | Threat | Now | Guard |', '| --- | --- | --- | --- |'];
  const rows = LAYERS.flatMap((layer) =>
    verdicts.filter(({ threat }) => threat.startsWith(`${layer}/`)).map((verdict) => rowOf(LAYER_WORD[layer], verdict)),
  );
  const table = [...(name === undefined ? [] : [`#### ${prose(name, 80)}`, '']), ...head, ...rows].join('\n');
  const kept = budget.take(table);
  return kept === undefined ? [] : [kept];
}

function rowOf(lane: string, { title, status, exposure, guard }: Verdict): string {
  const name = `${lane}: ${prose(title, 80)}`;
  return `| ${STATUS_MARK[status]} | ${status === 'open' ? `**${name}**` : name} | ${statusCell(exposure)} | ${statusCell(guard)} |`;
}

/** An open threat with its best counterexample. */
function openOf(
  budget: Budget,
  verdict: Verdict,
  named: boolean,
): { readonly verdict: Verdict; readonly text: string }[] {
  const finding = bestFinding(verdict);
  const head = `#### ✘ ${titleOf(verdict, named)}\n\n${prose(verdict.question)}`;
  const text = finding === undefined ? head : `${head}\n\n${findingBlock(finding)}`;
  const kept = budget.take(text);
  return kept === undefined ? [] : [{ verdict, text: kept }];
}

/** The other counterexamples and the gaps of an open threat, folded. */
function moreOf(budget: Budget, verdict: Verdict): string[] {
  const best = bestFinding(verdict);
  const others = standing(verdict).filter((finding) => finding !== best);
  const gaps = gapsOf(verdict);
  if (budget.take('', AROUND) === undefined) return [];
  const shown = others.slice(0, MOST_FINDINGS - 1).flatMap((finding) => budget.take(findingBlock(finding)) ?? []);
  const items = gaps.slice(0, MOST_GAPS).flatMap((gap) => budget.take(gapItem(gap)) ?? []);
  const left = others.length - shown.length;
  const rest = `${counted(left, 'more counterexample')}${shown.length === 0 ? '' : ' beyond these'}: ${code(`fourproof explain ${verdict.threat}`)}`;
  return [
    ...(shown.length === 0 ? [] : [fold(counted(shown.length, 'more counterexample'), shown.join('\n\n'))]),
    ...(left > 0 ? [rest] : []),
    ...(items.length === 0 ? [] : [fold(counted(gaps.length, 'gap'), items.join('\n'))]),
  ];
}

function unknownOf(budget: Budget, verdicts: readonly Verdict[], named: boolean): string[] {
  const unknown = verdicts.filter(({ status }) => status === 'unknown');
  const items = unknown.flatMap((verdict) => {
    const gap = bestGap(verdict);
    if (gap === undefined) return [];
    const others = gapsOf(verdict).length - 1;
    const item = `${gapItem(gap).replace('- ', `- **${titleOf(verdict, named)}**<br>`)}${others > 0 ? `<br>${counted(others, 'more gap')}` : ''}`;
    return budget.take(item) ?? [];
  });
  return items.length === 0
    ? []
    : [fold(`${counted(unknown.length, 'threat')} could not be decided, and what closes the gap`, items.join('\n'))];
}

function noticesOf(budget: Budget, { notices }: Result): string[] {
  const items = notices.slice(0, MOST_NOTICES).flatMap(({ level, message, at }) => {
    return budget.take(`- **${level}** ${prose(message, 400)}${at === undefined ? '' : ` ${placeText(at)}`}`) ?? [];
  });
  const left = notices.length - items.length;
  return items.length === 0 ? [] : [[...items, ...(left > 0 ? [`- ${counted(left, 'more notice')}`] : [])].join('\n')];
}

function titleOf({ threat, title, product }: Verdict, named: boolean): string {
  return `${named ? `${prose(product, 80)}: ` : ''}${prose(title, 80)} (${code(threat)})`;
}

/** Folded text; the empty lines let what is inside be Markdown. */
function fold(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
