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
    expect(
      ['decompose.yaml', 'compose.md', '.github/workflows/compose.yml'].some((path) =>
        composeReader.selects(path, paths),
      ),
    ).toBe(false);
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
