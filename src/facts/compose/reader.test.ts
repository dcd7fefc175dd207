import { describe, expect, it } from 'vitest';
import { composeReader } from './reader.ts';

const tools = { paths: new Set<string>() };

describe('composeReader', () => {
  it('selects compose files and their variants', () => {
    const paths = new Set<string>();
    expect(
      ['compose.yaml', 'a/docker-compose.yml', 'docker-compose.prod.yml', 'compose-dev.yaml'].every((path) =>
        composeReader.selects(path, paths),
      ),
    ).toBe(true);
    expect(['compose.md', '.github/workflows/compose.yml'].some((path) => composeReader.selects(path, paths))).toBe(
      false,
    );
  });

  it('recognises what `docker compose -f` takes, whatever its name', () => {
    const recognises = (path: string, text: string): boolean => composeReader.recognises?.(text, path) ?? true;
    const stack = 'version: "3"\nservices:\n  # the only one\n  web:\n    image: nginx\n';
    expect(recognises('stack.yml', stack)).toBe(true);
    expect(recognises('compose.yaml', 'name: empty\n')).toBe(true);
    expect(recognises('chart.yaml', 'apiVersion: v2\nservices:\n  web:\n    image: nginx\n')).toBe(false);
    expect(recognises('ci.yml', 'services:\n  - postgres:16\nbuild:\n  image: x\n')).toBe(false);
    expect(recognises('values.yaml', 'replicas: 2\nimage: x\n')).toBe(false);
  });

  it('reads images, builds and users', async () => {
    const text = `
services:
  web:
    build: {context: ./web, dockerfile: Dockerfile.prod, target: run, args: {A: "1"}}
    user: "1000"
  short: {build: ../other}
  remote: {build: "https://github.com/x/y.git"}
  args: {build: {args: [A=2, B]}}
  db: {image: "postgres:\${TAG:-16}"}
`;
    const { facts } = await composeReader.read({ path: 'ops/compose.yaml', text }, tools);
    const services = new Map(facts[0]?.services.map((service) => [service.name, service]));
    expect(services.get('web')).toMatchObject({
      build: { context: 'ops/web', dockerfile: 'ops/web/Dockerfile.prod', target: 'run' },
      user: { text: '1000' },
    });
    expect(services.get('web')?.build?.args.get('A')).toBe('1');
    expect(services.get('short')?.build).toMatchObject({ context: 'other', dockerfile: 'other/Dockerfile' });
    expect(services.get('remote')?.build).not.toHaveProperty('dockerfile');
    expect([...(services.get('args')?.build?.args ?? [])]).toEqual([['A', '2']]);
    expect(services.get('db')?.image?.text).toBe('postgres:${TAG:-16}');
  });

  it('says which files it takes services from without reading them', async () => {
    const text =
      'include: [stack/a.yml, {path: [compose.b.yml]}]\nservices: {a: {extends: {file: compose.c.yml, service: x}}}\n';
    const paths = new Set(['stack/a.yml', 'compose.b.yml', 'compose.yaml']);
    const { unread } = await composeReader.read({ path: 'compose.yaml', text }, { ...tools, paths });
    expect(unread.map(({ message, at }) => [message, at?.startLine])).toEqual([
      ['it takes services from stack/a.yml, which is not read', 1],
      ['it takes services from compose.c.yml, which is not read', 2],
    ]);
  });
});
