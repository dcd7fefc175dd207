/** Small values of the simulator. */

import { substitute, type Lookup } from './simulate-words.ts';

/** Name and value around the first equals sign. */
export function pair(text: string): [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** A user for people. */
export function show(user: string | null | undefined): string {
  return user === undefined
    ? 'of the base'
    : user === null
      ? 'not known'
      : user === ''
        ? 'root'
        : JSON.stringify(user.slice(0, 100));
}

/** The automatic platform arguments; those of the machine that builds are not known. */
export function platformValues(platform: string): [string, string | null][] {
  const [os = '', arch = '', variant = ''] = platform.split('/');
  return [
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', arch],
    ['TARGETVARIANT', variant],
    ['BUILDPLATFORM', null],
    ['BUILDOS', null],
    ['BUILDARCH', null],
    ['BUILDVARIANT', null],
  ];
}

/** Runs the commands of a script that make users, and no others. */
export function makeUsers(script: string, look: Lookup, ids: Map<string, string>): void {
  for (const command of script.split(/&&|\|\||[;|\n]/)) {
    const words = command
      .trim()
      .split(/\s+/)
      .map((word) => substitute(word, look, '\\') ?? '?');
    const verb = words.findIndex((word) => /(?:^|\/)(?:useradd|adduser|usermod)$/.test(word));
    if (verb >= 0) {
      const flag = words.findIndex(
        (word, index) => index > verb && (word.startsWith('--uid') || /^-[a-zA-Z]*u(?:[+\d].*)?$/.test(word)),
      );
      const inline = /^(?:--uid=|-u)(.+)$/.exec(words[flag] ?? '')?.[1];
      const name = words.at(-1) ?? '';
      if (flag > 0) ids.set(name, inline ?? words[flag + 1] ?? '?');
    }
    const entry = /([\w.-]{1,100}):[^:\s]{0,100}:(\d{1,10}):/.exec(command);
    if (entry?.[1] !== undefined && command.includes('passwd')) ids.set(entry[1], entry[2] ?? '');
  }
}
