import { posix } from 'node:path';
import { child, descend, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { FactReader, Unread } from '../../model/index.ts';
import { located, optional } from '../workflow/read-steps.ts';
import type { ComposeBuild, ComposeFact, ComposeService } from './types.ts';

/** Reads `compose.yaml`, `docker-compose.yml` and their variants, and other files that `docker compose -f` takes, by content. */
export const composeReader: FactReader<'compose', ComposeFact> = {
  kind: 'compose',
  belongsTo: 'product',
  selects: (path) => /\.ya?ml$/i.test(path) && !path.startsWith('.github/'),
  recognises: (text, path) => isCompose(path) || looksLikeCompose(text),
  read({ path, text }, { paths }) {
    const facts: ComposeFact[] = [];
    const unread: Omit<Unread, 'kind'>[] = [];
    for (const document of parseYaml(path, text)) {
      if (document.ok) {
        const services = child(document.root, 'services');
        unread.push(...notRead(path, document.root, paths));
        if (services !== undefined)
          facts.push({ path, services: entriesOf(services).map(({ key, value }) => readService(path, key, value)) });
      } else {
        unread.push({
          path,
          reason: 'unparsed-file',
          message: `not readable as YAML: ${document.message}`,
          at: document.at,
        });
      }
    }
    return { facts, unread };
  },
};

/** A map of services that have an image or a build, and no other format's own keys. */
function looksLikeCompose(text: string): boolean {
  const hasServices = /^services:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+[\w.-]+:[ \t]*(?:#.*)?\r?\n/m.test(
    text,
  );
  return (
    hasServices && /^[ \t]{2,}(?:image|build):/m.test(text) && !/^(?:apiVersion|kind|stages|jobs|steps):/m.test(text)
  );
}

function isCompose(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i.test(path) && !path.startsWith('.github/');
}

/** Files that `include` and `extends` take services from, where they are not read as compose files. */
function notRead(path: string, root: YamlNode | undefined, paths: ReadonlySet<string>): Omit<Unread, 'kind'>[] {
  const included = itemsOf(child(root, 'include')).flatMap((item) =>
    item.kind === 'map' ? itemsOf(child(item, 'path')) : [item],
  );
  const extended = entriesOf(child(root, 'services')).flatMap(({ value }) => descend(value, 'extends', 'file') ?? []);
  return [...included, ...extended].flatMap((node) => {
    const written = textOf(node);
    if (written === undefined) return [];
    const file = below(posix.dirname(path), written);
    if (/\.ya?ml$/i.test(file) && !file.startsWith('.github/') && paths.has(file) && isCompose(file)) return [];
    const message = `it takes services from ${written.slice(0, 200)}, which is not read`;
    return [{ path, reason: 'unreadable-file', message, at: node.at, closes: `name it compose.*.yaml, in the tree` }];
  });
}

function readService(path: string, name: string, node: YamlNode): ComposeService {
  return {
    name,
    at: node.at,
    ...optional('image', located(child(node, 'image'))),
    ...optional('build', readBuild(path, child(node, 'build'))),
    ...optional('user', located(child(node, 'user'))),
  };
}

function readBuild(path: string, node: YamlNode | undefined): ComposeBuild | undefined {
  if (node === undefined) return undefined;
  const short = textOf(node);
  const written = short ?? textOf(child(node, 'context')) ?? '.';
  const remote = /^(?:https?:|git[@:]|ssh:|\$)/.test(written);
  const context = remote ? written : below(posix.dirname(path), written);
  const hasInline = child(node, 'dockerfile_inline') !== undefined;
  const file = textOf(child(node, 'dockerfile')) ?? 'Dockerfile';
  return {
    context,
    at: node.at,
    args: readArgs(child(node, 'args')),
    contexts: readArgs(child(node, 'additional_contexts')),
    ...optional('dockerfile', remote || hasInline ? undefined : below(context, file)),
    ...optional('target', textOf(child(node, 'target'))),
  };
}

/** `args` is a map or a list of `NAME=value`; a name without value is taken from the environment of whoever builds. */
function readArgs(node: YamlNode | undefined): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  for (const { key, value } of entriesOf(node)) {
    const text = textOf(value);
    if (text !== undefined) args.set(key, text);
  }
  for (const item of node?.kind === 'list' ? itemsOf(node) : []) {
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(textOf(item) ?? '') ?? [];
    if (name !== undefined && value !== undefined) args.set(name, value);
  }
  return args;
}

function below(folder: string, path: string): string {
  const joined = posix.normalize(posix.join(folder, path)).replace(/\/$/, '');
  return joined === '' ? '.' : joined;
}
