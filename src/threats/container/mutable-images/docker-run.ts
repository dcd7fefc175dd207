/** Switches of `docker run`, `create` and `pull`, which take no word with them. */
const SWITCHES = new Set([
  '--detach',
  '--disable-content-trust',
  '--init',
  '--interactive',
  '--no-healthcheck',
  '--oom-kill-disable',
  '--privileged',
  '--publish-all',
  '--quiet',
  '--all-tags',
  '--read-only',
  '--replace',
  '--rm',
  '--sig-proxy',
  '--tty',
  '--use-api-socket',
]);
const SHORT_SWITCHES = /^[adiqtP]*$/;

/**
 * The index of the word that names the image in `docker|podman run|create|pull ...`; undefined where the command is
 * another: https://docs.docker.com/reference/cli/docker/container/run/.
 */
export function imageWord(words: readonly string[]): number | undefined {
  let at = words[0] === 'sudo' ? 1 : 0;
  if (!/^(?:docker|podman|nerdctl)$/.test(words[at] ?? '')) return undefined;
  at++;
  if (words[at] === 'container' || words[at] === 'image') at++;
  const verb = words[at++] ?? '';
  if (verb !== 'run' && verb !== 'create' && verb !== 'pull') return undefined;
  while (at < words.length) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return at;
    at += takesNext(word, verb) ? 2 : 1;
  }
  return undefined;
}

function takesNext(word: string, verb: string): boolean {
  if (word.startsWith('--')) return !word.includes('=') && !SWITCHES.has(word) && word !== '--';
  const letters = word.slice(1);
  // `-a` is a switch of pull, and takes a stream in run.
  const isSwitch = (text: string): boolean => SHORT_SWITCHES.test(text) && (verb === 'pull' || !text.includes('a'));
  return !isSwitch(letters) && isSwitch(letters.slice(0, -1));
}
