import { LAYERS, type Result, type Status, type Verdict } from '../../model/index.ts';
import { byProduct, countDecisions, countStatuses } from '../shared/pick.ts';
import { counted, grouped, LAYER_WORD, layerOf, STATUS_ORDER, STATUS_WORD } from '../shared/words.ts';
import { drawDetails } from './details.ts';
import type { Line } from './line.ts';
import { paperOf, type Paper, type TerminalOptions } from './paper.ts';
import { placeOf } from './source.ts';
import { columnsFor, drawLaneHead, drawThreat, type Columns } from './table.ts';
import { flow, wrap } from './wrap.ts';

/**
 * The result as a person reads it: four lanes, one line a threat with *now* and *guard*, the best counterexample under
 * what is open, the command that closes the gap under what is unknown, and one line that sums it up.
 */
export function renderTerminal(result: Result, options: TerminalOptions): string {
  const paper = paperOf(options);
  const groups = byProduct(result);
  const columns = columnsFor(paper, result.verdicts);
  const products = groups.flatMap(({ name, verdicts }) => [
    ...(groups.length > 1 ? [...drawProductHead(paper, name), []] : []),
    ...drawLanes(paper, verdicts, columns),
    ...(groups.length > 1 ? [drawSummary(paper, verdicts), []] : []),
  ]);
  return paper.paint([
    ...drawHead(paper, result),
    [],
    ...products,
    ...drawNotices(paper, result),
    ...drawLegend(paper, result),
    drawSummary(paper, result.verdicts),
  ]);
}

function drawHead(paper: Paper, { tool, products, inventory, now }: Result): readonly Line[] {
  const [first] = products;
  const name = products.length === 1 && first !== undefined ? first.name : counted(products.length, 'product');
  const rest = [counted(inventory.files, 'file'), now.slice(0, 10)]
    .map((part) => ` ${paper.symbols.dot} ${part}`)
    .join('');
  return wrap(
    [
      paper.text(name, 'bold'),
      paper.text(rest, 'dim'),
      paper.text(` ${paper.symbols.dot} fourproof ${tool.version}`, 'dim'),
    ],
    paper.columns,
  );
}

function drawProductHead(paper: Paper, name: string): readonly Line[] {
  const { rule } = paper.symbols;
  return wrap(
    [paper.text(`${rule.repeat(2)} `, 'dim'), paper.text(name, 'bold'), paper.text(` ${rule.repeat(2)}`, 'dim')],
    paper.columns,
  );
}

function drawLanes(paper: Paper, verdicts: readonly Verdict[], columns: Columns): readonly Line[] {
  return LAYERS.flatMap((layer) => {
    const lane = verdicts.filter(({ threat }) => layerOf(threat) === layer);
    if (lane.length === 0) return [];
    const threats = lane.flatMap((verdict) => [...drawThreat(paper, verdict, columns), ...drawDetails(paper, verdict)]);
    // A counterexample already ends with an empty line.
    return [
      drawLaneHead(paper, LAYER_WORD[layer], columns),
      ...(threats.at(-1)?.length === 0 ? threats : [...threats, []]),
    ];
  });
}

function drawNotices(paper: Paper, { notices }: Result): readonly Line[] {
  if (notices.length === 0) return [];
  const lines = notices.flatMap(({ level, message, at }) => {
    const head = paper.text(`${level}: `, level === 'error' ? 'strong-open' : 'unknown');
    const place = at === undefined ? [] : [paper.text(`${placeOf(paper, at)}: `, 'dim')];
    return wrap([head, ...place, paper.text(message)], paper.columns, 2);
  });
  return [...lines, []];
}

function drawLegend(paper: Paper, { verdicts }: Result): readonly Line[] {
  const between = paper.text(` ${paper.symbols.dot} `, 'dim');
  const marks = (['mitigated', 'open', 'unknown', 'not-applicable'] satisfies Status[]).map((status) => [
    paper.text(paper.symbols.status[status], status),
    paper.text(` ${STATUS_WORD[status]}`, 'dim'),
  ]);
  const legend = marks.flatMap((mark, index) => (index === 0 ? mark : [paper.text('  '), ...mark]));
  const { accepted, dismissed } = countDecisions(verdicts);
  const decided = accepted + dismissed === 0 ? [] : [`${grouped(accepted)} accepted, ${grouped(dismissed)} dismissed`];
  const help = ['now: open today?', 'guard: stopped tomorrow?', 'more: fourproof explain <threat>'];
  const dimmed = (texts: readonly string[]): readonly Line[] => texts.map((text) => [paper.text(text, 'dim')]);
  return [...flow([legend, ...dimmed(decided)], paper.columns, between), ...flow(dimmed(help), paper.columns, between)];
}

/** `3 open · 10 unknown · 2 mitigated · 0 not applicable`, each with its mark where the line holds them. */
function drawSummary(paper: Paper, verdicts: readonly Verdict[]): Line {
  const counts = countStatuses(verdicts);
  return STATUS_ORDER.flatMap((status, index) => [
    ...(index === 0 ? [] : [paper.text(` ${paper.symbols.dot} `, 'dim')]),
    paper.text(
      `${grouped(counts[status])} ${STATUS_WORD[status]}`,
      counts[status] === 0 ? 'dim' : status === 'open' ? 'strong-open' : status,
    ),
  ]);
}
