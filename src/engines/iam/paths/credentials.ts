/** How somebody is signed in: what their requests say about a second factor. */

/**
 * - `key`: a long-lived access key; its requests say nothing about MFA.
 * - `console`: a password without a second factor; its requests say that there was none.
 * - `mfa`: signed in with a second factor, at the console or by GetSessionToken.
 * - `session`: temporary credentials of a role; they say nothing about MFA, also where a person with MFA assumed the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export type Credential = 'key' | 'console' | 'mfa' | 'session';

/** Context keys that a credential fixes: a text where it is present, undefined where it is absent. */
export function factorContext(credential: Credential): ReadonlyMap<string, string | undefined> {
  return CONTEXTS[credential];
}

function keys(present: string | undefined, age: string | undefined): ReadonlyMap<string, string | undefined> {
  return new Map([
    ['aws:multifactorauthpresent', present],
    ['aws:multifactorauthage', age],
  ]);
}

const CONTEXTS: Readonly<Record<Credential, ReadonlyMap<string, string | undefined>>> = {
  key: keys(undefined, undefined),
  console: keys('false', undefined),
  mfa: keys('true', '60'),
  session: keys(undefined, undefined),
};
