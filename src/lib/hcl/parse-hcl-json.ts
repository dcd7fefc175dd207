import type { SourceLocation } from '../../model/index.ts';
import { TextPositions } from '../text-position.ts';
import { parseYaml, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../yaml/index.ts';
import type { HclAttribute, HclBlock, HclBody, HclExpression, HclFile } from './ast.ts';
import { Cursor } from './cursor.ts';
import {
  CONFIGURATION,
  PROVIDER_BLOCK,
  PROVIDER_BLOCKS,
  VARIABLE_VALUES,
  type JsonShape,
  type StringMode,
} from './json-shapes.ts';
import { readWhole } from './parse-hcl.ts';
import { numberOf } from './parse-number.ts';
import { parseBareTemplate } from './parse-template.ts';

/**
 * Parses the JSON form of a configuration (`*.tf.json`, `*.tofu.json`) into the tree that the native syntax gives:
 * https://developer.hashicorp.com/terraform/language/syntax/json. JSON does not tell nested blocks from attributes that hold
 * objects; in resources, `isBlock` says which names are blocks (default: the well-known ones). Never throws.
 */
export function parseHclJson(
  path: string,
  text: string,
  isBlock: (name: string) => boolean = (name) => PROVIDER_BLOCKS.has(name),
): HclFile {
  return new JsonReader(path, text, isBlock).read(CONFIGURATION);
}

/** Parses `*.tfvars.json`: attributes whose strings are no templates. Never throws. */
export function parseTfvarsJson(path: string, text: string): HclFile {
  return new JsonReader(path, text, () => false).read(VARIABLE_VALUES);
}

const MOST_ERRORS = 50;

/** Holds the text and what went wrong in it. */
class JsonReader {
  readonly #path: string;
  readonly #text: string;
  readonly #isBlock: (name: string) => boolean;
  readonly #positions: TextPositions;
  readonly #lineStarts: readonly number[];
  readonly #errors: { readonly at: SourceLocation; readonly message: string }[] = [];

  constructor(path: string, text: string, isBlock: (name: string) => boolean) {
    this.#path = path;
    this.#text = text.replace(/^\ufeff/, ' ');
    this.#isBlock = isBlock;
    this.#positions = new TextPositions(path, text);
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  read(shape: JsonShape): HclFile {
    const whole = this.#positions.range(0, this.#text.length);
    const root = this.#parse(whole);
    const body = { at: whole, attributes: [] as HclAttribute[], blocks: [] as HclBlock[] };
    if (root !== undefined) {
      for (const map of this.#maps(root)) {
        const part = this.#body(map, shape);
        for (const attribute of part.attributes) body.attributes.push(attribute);
        for (const block of part.blocks) body.blocks.push(block);
      }
    }
    return { path: this.#path, body, errors: this.#errors };
  }

  #parse(whole: SourceLocation): YamlNode | undefined {
    const documents = parseYaml(this.#path, this.#text);
    const [document] = documents;
    if (document?.ok === false) this.#add(document.message, document.at);
    else if (documents.length !== 1 || !isJson(this.#text)) this.#add('not JSON', whole);
    return document?.ok === true && this.#errors.length === 0 ? document.root : undefined;
  }

  #body(map: YamlMap, shape: JsonShape): HclBody {
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    const names = new Set<string>();
    for (const entry of map.entries) {
      if (entry.key === '//') continue;
      const inner = this.#shapeOf(entry, shape);
      if (inner !== undefined) {
        for (const block of this.#blocks(entry, inner, [], entry.keyAt)) blocks.push(block);
        continue;
      }
      if (names.has(entry.key)) this.#add(`${entry.key} is set a second time`, entry.keyAt);
      else {
        const mode = shape.modes?.get(entry.key) ?? shape.otherwise ?? 'template';
        attributes.push({ name: entry.key, nameAt: entry.keyAt, value: this.#value(entry.value, mode) });
      }
      names.add(entry.key);
    }
    return { at: map.at, attributes, blocks };
  }

  #shapeOf({ key, value }: YamlEntry, shape: JsonShape): JsonShape | undefined {
    const known = shape.blocks?.get(key);
    if (known !== undefined) return known;
    const holdsObjects =
      value.kind === 'map' ||
      (value.kind === 'list' && value.items.length > 0 && value.items.every((item) => item.kind === 'map'));
    return shape.open === true && holdsObjects && this.#isBlock(key) ? PROVIDER_BLOCK : undefined;
  }

  /** Blocks under a key: its labels nest as keys, and every level may be a list of objects. */
  #blocks({ key, value }: YamlEntry, shape: JsonShape, labels: readonly string[], headAt: SourceLocation): HclBlock[] {
    const found: HclBlock[] = [];
    const collect = (node: YamlNode, names: readonly string[], at: SourceLocation): void => {
      for (const map of this.#maps(node)) {
        if (names.length === shape.labels)
          found.push({ type: key, labels: names, at: map.at, headAt: at, body: this.#body(map, shape) });
        else
          for (const entry of map.entries)
            if (entry.key !== '//') collect(entry.value, [...names, entry.key], entry.keyAt);
      }
    };
    collect(value, labels, headAt);
    return found;
  }

  #maps(node: YamlNode): readonly YamlMap[] {
    if (node.kind === 'scalar' && node.value === null) return [];
    const items = node.kind === 'list' ? node.items : [node];
    return items.flatMap((item) => {
      if (item.kind === 'map') return [item];
      this.#add('expected an object', item.at);
      return [];
    });
  }

  #value(node: YamlNode, mode: StringMode): HclExpression {
    const { at } = node;
    if (node.kind === 'list') return { kind: 'tuple', at, items: node.items.map((item) => this.#value(item, mode)) };
    if (node.kind === 'scalar') return this.#scalar(node, mode);
    const entries = node.entries.map(({ key, keyAt, value }) => ({
      key: this.#string(key, keyAt, mode === 'template' ? mode : 'literal'),
      value: this.#value(value, mode),
    }));
    return { kind: 'object', at, entries };
  }

  #scalar({ value, at }: YamlScalar, mode: StringMode): HclExpression {
    if (typeof value === 'string') return this.#string(value, at, mode);
    if (typeof value !== 'number') return { kind: 'literal', value, at };
    const [start, end] = this.#offsets(at);
    const written = this.#text.slice(start, end);
    const size = numberOf(written.replace(/^-/, ''));
    return { kind: 'literal', value: size === undefined ? value : written.startsWith('-') ? -size : size, at };
  }

  #string(value: string, at: SourceLocation, mode: StringMode): HclExpression {
    if (mode === 'literal') return { kind: 'literal', value, at };
    const [start, end] = this.#offsets(at);
    // Without escapes the string is parsed where it stands, and every part of it has its own place.
    const isPlain = this.#text.slice(start + 1, end - 1) === value;
    const cursor = new Cursor(isPlain ? this.#text : value, this.#positions, isPlain ? undefined : at);
    if (isPlain) {
      cursor.pos = start + 1;
      cursor.end = end - 1;
    }
    const read = readWhole(cursor, mode === 'template' ? parseBareTemplate : (inner, expression) => expression(inner));
    if (read.error !== undefined) this.#add(read.error.message, read.error.at);
    return read.value;
  }

  #offsets(at: SourceLocation): readonly [number, number] {
    const start = (this.#lineStarts[at.startLine - 1] ?? 0) + at.startColumn - 1;
    return [start, (this.#lineStarts[at.endLine - 1] ?? 0) + at.endColumn - 1];
  }

  #add(message: string, at: SourceLocation): void {
    if (this.#errors.length < MOST_ERRORS) this.#errors.push({ message, at });
  }
}

/** YAML reads more than JSON; Terraform does not. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
