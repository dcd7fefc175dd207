import { parseJson } from '../../../lib/json/parse-json.ts';
import type { YamlEntry, YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { TfValue } from '../../terraform/index.ts';
import { piecesOf, wildcardOf, type FormPiece } from './forms.ts';

/** What is known of a value that is not known. */
export interface Hole {
  readonly why: string;
  readonly at: SourceLocation;
  /** The narrowest pattern that is sure to match it; `*` where nothing is known. */
  readonly form: string;
  /** Whether it is certainly one text, and no list or object. */
  readonly single: boolean;
}

/** A document with holes. */
export interface Draft {
  readonly root: YamlNode;
  /** By the scalar that stands for them. */
  readonly holes: ReadonlyMap<YamlNode, Hole>;
  /** The part of a text of JSON that was cut off at a hole: keys that are not known whole. */
  readonly openKeys: ReadonlyMap<YamlEntry, Hole>;
}

type TfUnknown = Extract<TfValue, { readonly kind: 'unknown' }>;

const DEEPEST = 64;

/** The document in a value of Terraform: what it was made from where that is known, otherwise the JSON of its text. */
export function draftOf(value: TfValue): Draft {
  const drawer = new Drawer();
  const root = drawer.document(value);
  return { root, holes: drawer.holes, openKeys: drawer.openKeys };
}

/** Collects the holes. */
class Drawer implements Omit<Draft, 'root'> {
  readonly holes = new Map<YamlNode, Hole>();
  readonly openKeys = new Map<YamlEntry, Hole>();

  document(value: TfValue): YamlNode {
    if (value.kind === 'string' || value.kind === 'unknown') {
      if (value.decoded !== undefined) return this.document(value.decoded);
      return value.kind === 'string' ? this.#json([value.value], value) : this.#partly(value);
    }
    return this.#node(value, 0);
  }

  /** A template of JSON with unknown parts. */
  #partly(value: TfUnknown): YamlNode {
    const { pattern } = value.constraint ?? {};
    return pattern === undefined ? this.#node(value, 0) : this.#json(piecesOf(pattern), value);
  }

  #json(pieces: readonly FormPiece[], value: TfValue): YamlNode {
    const { at } = value.origin;
    const text = withMarks(pieces);
    const reading = text === undefined ? undefined : parseJson(at.path, text);
    if (reading?.ok === true) return this.#placed(reading.root, pieces, value);
    const why = value.kind === 'unknown' ? value.why : 'the policy is not valid JSON';
    return this.#hole({ why, at, form: '*', single: false });
  }

  /** Nodes of a text, each at the place of the whole text, with holes where its marks stand. */
  #placed(node: YamlNode, pieces: readonly FormPiece[], value: TfValue): YamlNode {
    const at = { ...value.origin.at, ...(node.at.route === undefined ? {} : { route: node.at.route }) };
    const hole = (text: string): Hole => ({
      why: value.kind === 'unknown' ? value.why : '',
      at,
      form: wildcardOf(unmarked(text, pieces)),
      single: !text.startsWith(WHOLE),
    });
    if (node.kind === 'list')
      return { kind: 'list', at, items: node.items.map((item) => this.#placed(item, pieces, value)) };
    if (node.kind === 'map') {
      const entries = node.entries.map((entry): YamlEntry => {
        const placed = { key: entry.key, keyAt: at, value: this.#placed(entry.value, pieces, value) };
        if (entry.key.includes(MARK)) this.openKeys.set(placed, hole(entry.key));
        return placed;
      });
      return { kind: 'map', at, entries };
    }
    if (typeof node.value === 'string' && node.value.includes(MARK)) return this.#hole(hole(node.value));
    return { ...node, at };
  }

  #node(value: TfValue, depth: number): YamlNode {
    const { at } = value.origin;
    if (depth > DEEPEST) return this.#hole({ why: 'nested too deeply', at, form: '*', single: false });
    switch (value.kind) {
      case 'string':
      case 'bool':
        return { kind: 'scalar', at, value: value.value };
      case 'number':
        return { kind: 'scalar', at, value: Number(value.value) };
      case 'null':
        return { kind: 'scalar', at, value: null };
      case 'list':
        return { kind: 'list', at, items: value.items.map((item) => this.#node(item, depth + 1)) };
      case 'object': {
        const entries = [...value.entries].map(([key, entry]) => ({
          key,
          keyAt: entry.origin.at,
          value: this.#node(entry, depth + 1),
        }));
        return { kind: 'map', at, entries };
      }
      case 'unknown':
        return this.#hole({ why: value.why, at, ...formOf(value) });
    }
  }

  #hole(hole: Hole): YamlNode {
    const node: YamlNode = { kind: 'scalar', at: hole.at, value: null, unknown: hole.why };
    this.holes.set(node, hole);
    return node;
  }
}

function formOf({ constraint }: TfUnknown): Pick<Hole, 'form' | 'single'> {
  const single = constraint?.type === 'string' || constraint?.type === 'number' || constraint?.type === 'bool';
  if (constraint?.pattern !== undefined) return { form: wildcardOf(piecesOf(constraint.pattern)), single };
  if (constraint?.prefix === undefined) return { form: '*', single };
  return { form: wildcardOf([constraint.prefix, { wild: '*' }]), single };
}

/** Characters of the private use area, which no policy holds: a hole within a string, a hole that is a value of its own. */
const MARK = '\ue000';
const WHOLE = '\ue001';

/** JSON with marks for the unknown pieces; undefined where it holds such characters already. */
function withMarks(pieces: readonly FormPiece[]): string | undefined {
  let text = '';
  let inString = false;
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== 'string') {
      text += inString ? `${MARK}${index}${MARK}` : `"${WHOLE}${MARK}${index}${MARK}"`;
      continue;
    }
    if (piece.includes(MARK) || piece.includes(WHOLE)) return undefined;
    for (let at = 0; at < piece.length; at++) {
      if (piece[at] === '"') inString = !inString;
      else if (piece[at] === '\\' && inString) at++;
    }
    text += piece;
  }
  return text;
}

function unmarked(text: string, pieces: readonly FormPiece[]): FormPiece[] {
  return text
    .replace(WHOLE, '')
    .split(MARK)
    .map((part, index) => (index % 2 === 0 ? part : (pieces[Number(part)] ?? { wild: '*' })));
}
