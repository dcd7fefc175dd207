import { child, parseYaml, textOf } from '../../lib/yaml/index.ts';
import type { FactReader } from '../../model/index.ts';
import { located, optional, readSteps } from '../workflow/read-steps.ts';
import type { Located, Step } from '../workflow/types.ts';

/** An action kept in the repository (`action.yml`): what it runs. */
export interface ActionFact {
  readonly path: string;
  /** `composite`, `docker`, `node20` ... */
  readonly using: string;
  /** Image of a docker action, `docker://...` or a Dockerfile. */
  readonly image?: Located;
  /** Steps of a composite action. */
  readonly steps: readonly Step[];
}

/** Reads `action.yml`: https://docs.github.com/actions/reference/metadata-syntax-for-github-actions. */
export const actionReader: FactReader<'action', ActionFact> = {
  kind: 'action',
  belongsTo: 'repository',
  selects: (path) => /(?:^|\/)action\.ya?ml$/.test(path),
  recognises: (text) => /^(?:\{.*)?["']?runs["']?\s*:/m.test(text),
  read({ path, text }) {
    const [document] = parseYaml(path, text);
    if (document?.ok === false) {
      return {
        facts: [],
        unread: [
          { path, reason: 'unparsed-file', message: `not readable as YAML: ${document.message}`, at: document.at },
        ],
      };
    }
    const runs = child(document?.root, 'runs');
    const using = textOf(child(runs, 'using'));
    if (using === undefined) return { facts: [], unread: [] };
    return {
      facts: [
        { path, using, steps: readSteps(child(runs, 'steps')), ...optional('image', located(child(runs, 'image'))) },
      ],
      unread: [],
    };
  },
};
