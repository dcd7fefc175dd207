// Checks the published network policy recipes: `tsx conformance/network-recipes.ts <checkout>`, where the checkout is of
// github.com/ahmetb/kubernetes-network-policy-recipes. Prints how many recipes and connections come out as they say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressOrBlock } from '../src/engines/network/addresses.ts';
import { networkOf } from '../src/engines/network/network.ts';
import { protocolNumber } from '../src/engines/network/protocols.ts';
import type { End } from '../src/engines/network/types.ts';
import { factsOf, factsOfText, type KubernetesObject } from './network/facts.ts';
import { RECIPES, type Recipe } from './network/recipes.ts';

const [checkout] = process.argv.slice(2);
if (checkout === undefined) throw new Error('give the folder of the checkout');

let [connections, wrong] = [0, 0];
for (const recipe of RECIPES) {
  const policies = (await Promise.all([recipe.file, ...(recipe.with ?? [])].map(policiesOf))).flat();
  const chosen = policies.filter(({ name = '' }) => recipe.policies?.includes(name) ?? true);
  if (chosen.length === 0) throw new Error(`${recipe.file} holds no policy`);
  const network = networkOf([...chosen, ...(await factsOf(objectsOf(recipe)))]);
  const end = (text: string): End => {
    const pod = network.pods.find(({ namespace, name }) => `${namespace}/${name}` === text);
    return pod === undefined ? { address: addressOrBlock(text)?.first ?? 0n } : { pod };
  };
  for (const [from, to, text, connects] of recipe.expected) {
    const [protocol = 'TCP', port] = text.includes('/') ? text.split('/') : ['TCP', text];
    const { answer } = network.why({
      from: end(from),
      to: end(to),
      protocol: protocolNumber(protocol) ?? 6,
      port: Number(port),
    });
    connections++;
    if (answer === (connects ? 'allowed' : 'denied')) continue;
    wrong++;
    console.log(`${recipe.file}: ${from} => ${to} ${text}: ${answer}`);
  }
}
console.log(`${RECIPES.length} recipes, ${connections} connections, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;

/** The first policy of a page; some go on with variants of it that have the same name. */
async function policiesOf(file: string): ReturnType<typeof factsOfText> {
  const text = readFileSync(join(checkout ?? '', file), 'utf8');
  const manifests = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, body = '']) => body);
  const facts = (await Promise.all(manifests.map((body) => factsOfText(body, file)))).flat();
  const [first] = facts.filter(({ kind }) => kind === 'NetworkPolicy');
  return first === undefined ? [] : [first];
}

function objectsOf({ namespaces = {}, pods }: Recipe): KubernetesObject[] {
  return [
    ...Object.entries(namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...Object.entries(pods).map(([id, { labels, ports = {} }]) => {
      const [namespace = '', name = ''] = id.split('/');
      const named = Object.entries(ports).map(([port, containerPort]) => ({ name: port, containerPort }));
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace, labels },
        spec: { containers: [{ name: 'c', image: 'i', ports: named }] },
      };
    }),
  ];
}
