import type { Expansion } from './expand.ts';
import { tokenise } from '../../lib/shell/lexer.ts';

/** What a value of USER means to the runtime. */
type UserKind = 'root' | 'other' | 'named' | 'out-of-range';

/** The part before the colon; a runtime looks names up first and then reads a number with an optional sign. */
export function kindOfUser(value: string): { readonly kind: UserKind; readonly name: string } {
  const name = (value.split(':')[0] ?? '').trim();
  if (name === '' || /^(?:root|toor|containeradministrator)$/i.test(name)) return { kind: 'root', name };
  if (!/^[+-]?\d+$/.test(name)) return { kind: 'named', name };
  const number = Number(name);
  if (number === 0) return { kind: 'root', name };
  return { kind: number < 0 || number > 2_147_483_647 ? 'out-of-range' : 'other', name };
}

/** The user ids that commands of a RUN give to a name, expanded; `useradd -u 0 x`, `adduser --uid 0 x`, `echo x::0: >> /etc/passwd`. */
export function idsGivenTo(name: string, command: string, expandWord: (word: string) => Expansion): Expansion[] {
  if (name.length > 100 || (!command.includes(name) && !command.includes('$'))) return [];
  const ids: Expansion[] = [];
  let words: string[] = [];
  for (const token of [...tokenise(command), { type: 'operator', text: ';', start: 0, end: 0 } as const]) {
    if (token.type === 'word') {
      words.push(token.text);
      continue;
    }
    ids.push(...idInCommand(name, words, expandWord));
    words = [];
  }
  const entry = new RegExp(`(?:^|[^\\w-])${name.replaceAll(/[^\w]/g, '\\$&')}:[^:\\s]{0,100}:(\\d{1,10}):`).exec(
    command,
  );
  if (entry?.[1] !== undefined) ids.push({ known: true, text: entry[1] });
  return ids;
}

function idInCommand(name: string, words: readonly string[], expandWord: (word: string) => Expansion): Expansion[] {
  const at = words.findIndex((word) => /^(?:.*\/)?(?:useradd|adduser|usermod)$/.test(word));
  if (at < 0) return [];
  const expanded = words.slice(at + 1).map((word) => expandWord(word));
  const names = expanded.some((word) => word.known && word.text === name);
  if (!names) return [];
  for (let index = 0; index < expanded.length; index++) {
    const written = words[at + 1 + index] ?? '';
    const inline = /^(?:--uid=|-u)(.+)$/.exec(written);
    if (inline?.[1] !== undefined) return [expandWord(inline[1])];
    // Short options may be joined: `-rou 0`.
    if (written === '--uid' || /^-[a-zA-Z]*u$/.test(written))
      return [expanded[index + 1] ?? { known: false, missing: ['uid'] }];
  }
  return [];
}
