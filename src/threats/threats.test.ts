import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { READERS } from '../facts/registry.generated.ts';
import { LAYERS, STATUSES, THREAT_IDS, type ThreatId } from '../model/index.ts';
import type { FourproofThreat } from './context.ts';
import { THREATS } from './registry.generated.ts';

const HERE = import.meta.dirname;
const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const SECTIONS = ['What', 'Why', 'How it is proven', 'False positives', 'Before and after'];

describe('the threat model', () => {
  it('has a folder for each of the fifteen threats, and no other', () => {
    const folders = LAYERS.flatMap((layer) => foldersIn(join(HERE, layer)).map((name) => `${layer}/${name}`));
    expect(folders.sort()).toEqual([...THREAT_IDS].sort());
    expect(foldersIn(HERE).sort()).toEqual([...LAYERS].sort());
  });

  it('is registered in the order of every report', () => {
    expect(THREATS.map((threat) => threat.id)).toEqual([...THREAT_IDS]);
  });

  it('asks a question of its own and names references for each', () => {
    expect(new Set(THREATS.map((threat) => threat.question)).size).toBe(THREATS.length);
    for (const threat of THREATS) {
      expect(threat.question, threat.id).toMatch(/^[A-Z].*\?$/);
      expect(threat.references.length, threat.id).toBeGreaterThan(0);
      expect(new Set(threat.references).size, threat.id).toBe(threat.references.length);
    }
  });
});

describe.each(THREAT_IDS)('%s', (id) => {
  const folder = join(HERE, id);

  it('bears the id of its folder', async () => {
    expect((await load(id)).id).toBe(id);
  });

  it('has a control of each kind, with ids of their own', async () => {
    const { controls } = await load(id);
    const ids = controls.map((control) => control.id);
    expect(new Set(controls.map((control) => control.kind))).toEqual(new Set(['exposure', 'guard']));
    expect(new Set(ids).size).toBe(ids.length);
    for (const control of ids) expect(control).toMatch(KEBAB);
  });

  it('keeps each control in the file of its name', async () => {
    for (const control of (await load(id)).controls) {
      const exported = await exportsOf(join(folder, `${control.id}.ts`));
      expect([...exported.values()].includes(control), `${control.id}.ts exports it`).toBe(true);
    }
  });

  it('needs only kinds of facts that are read', async () => {
    const kinds = READERS.map((reader): string => reader.kind);
    for (const control of (await load(id)).controls)
      expect(kinds, control.id).toEqual(expect.arrayContaining([...control.needs]));
  });

  it('is explained in the five sections', () => {
    const text = readFileSync(join(folder, 'readme.md'), 'utf8');
    expect(text).toMatch(/^# \S/);
    expect(headings(text)).toEqual(SECTIONS);
  });

  it('has cases, each named by the status that it must give', () => {
    const cases = foldersIn(join(folder, 'cases'));
    expect(cases.length).toBeGreaterThan(0);
    for (const name of cases) {
      const [status = '', what = ''] = name.split('.');
      expect(STATUSES, name).toContain(status);
      expect(what, name).toMatch(KEBAB);
      expect(name).toBe(`${status}.${what}`);
      expect(existsSync(join(folder, 'cases', name, 'input')), name).toBe(true);
    }
  });
});

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
}

async function load(id: ThreatId): Promise<FourproofThreat> {
  const loaded = (await exportsOf(join(HERE, id, 'threat.ts'))).get('threat');
  // The same object must stand in the registry, which gives it its type.
  const threat = THREATS.find((candidate) => candidate === loaded);
  if (threat === undefined) throw new Error(`${id}/threat.ts is not in the registry: run \`npm run generate\``);
  return threat;
}

async function exportsOf(file: string): Promise<ReadonlyMap<string, unknown>> {
  const module: unknown = await import(pathToFileURL(file).href);
  return new Map(Object.entries(module ?? {}));
}

/** Headings of the second level, outside code blocks. */
function headings(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
}
