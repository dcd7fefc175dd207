import { textAt, textsOf, unresolved } from '../view.ts';
import type { ResourceReader } from './context.ts';

/** `aws_iam_openid_connect_provider`. */
export const readOidcProvider: ResourceReader = (view, { draft }) => {
  const arn = textAt(view, 'arn');
  if (arn === undefined) {
    draft.gaps.push(unresolved(`the issuer of ${view.resource.address}`, view.value('url'), view.at));
    return;
  }
  draft.providers.push({
    kind: 'oidc',
    arn,
    account: view.account,
    issuer: arn.slice(arn.indexOf(':oidc-provider/') + ':oidc-provider/'.length),
    audiences: textsOf(view.value('client_id_list')).texts.map(({ text }) => text),
    source: view.resource.address,
    at: view.at,
  });
};

/** `aws_iam_saml_provider`. */
export const readSamlProvider: ResourceReader = (view, { draft }) => {
  const arn = textAt(view, 'arn');
  if (arn === undefined)
    draft.gaps.push(unresolved(`the name of ${view.resource.address}`, view.value('name'), view.at));
  else
    draft.providers.push({
      kind: 'saml',
      arn,
      account: view.account,
      audiences: [],
      source: view.resource.address,
      at: view.at,
    });
};
