import { manifests } from '../../inputs.ts';
import { counted, undecided } from '../../undecided.ts';
import type { Context } from '../../context.ts';

/** Will compare the ecosystems that an update bot covers with those that the product uses. */
export const updateBot = undecided({
  id: 'update-bot',
  kind: 'guard',
  title: 'An update bot covers every ecosystem and folder that has a manifest',
  needs: [],
  found: (context) => [...botConfigurations(context), ...manifests(context)],
  missing: 'this version does not compare the settings of an update bot with the manifests',
  closes: 'check by hand: compare .github/dependabot.yml or renovate.json with the manifests',
});

const BOT =
  /^(?:\.github\/dependabot\.ya?ml|(?:\.github\/|\.gitlab\/)?(?:renovate\.json5?|\.renovaterc(?:\.json5?)?))$/;

function botConfigurations({ tree }: Context): readonly string[] {
  return counted(tree.files.filter((file) => BOT.test(file.path)).length, 'update bot configuration');
}
