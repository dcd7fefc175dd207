import type { IamUser } from '../../../engines/iam/account/types.ts';
import type { Credential } from '../../../engines/iam/paths/credentials.ts';
import type { Identity } from '../../../engines/iam/paths/identities.ts';
import type { Certainty, PathModel } from '../../../engines/iam/paths/model.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import type { SourceLocation } from '../../../model/index.ts';

/** A way in which a person, or a thief of their credentials, signs in without a second factor. */
export interface SignIn {
  readonly user: IamUser;
  readonly identity: Identity;
  readonly credential: Extract<Credential, 'key' | 'console'>;
  /** Possible where it is not known whether such a credential exists, or whether a device is enrolled. */
  readonly certainty: Certainty;
  readonly why: string;
  readonly at: SourceLocation;
}

/**
 * How the users of the code sign in without MFA. A user without a key or password in sight may have been given one past the
 * code; the console asks for the second factor of who has enrolled one.
 */
export function signInsOf({ world, identities }: PathModel, machines: readonly string[]): SignIn[] {
  return world.users.flatMap((user): SignIn[] => {
    const identity = identities.get(user.arn);
    if (identity === undefined || !user.declared || isMachine(user, machines)) return [];
    const active = user.accessKeys.find(({ status }) => status === 'Active');
    const doubtful = user.accessKeys.find(({ status }) => status === 'unknown');
    const login = user.loginProfile;
    const found: SignIn[] = [];
    const add = (credential: SignIn['credential'], certainty: Certainty, why: string, at: SourceLocation) =>
      found.push({ user, identity, credential, certainty, why, at });
    if (active !== undefined) add('key', 'certain', `has the key ${active.source}`, active.at);
    else if (doubtful !== undefined) add('key', 'possible', `may have the key ${doubtful.source}`, doubtful.at);
    if (login !== undefined && user.mfa.enrolled !== true) {
      const why = `has the password ${login.source}${user.mfa.enrolled === 'unknown' ? ', and whether a device is enrolled is not in sight' : ''}`;
      add('console', user.mfa.enrolled === false ? 'certain' : 'possible', why, login.at);
    }
    if (user.accessKeys.length === 0 && login === undefined)
      add('key', 'possible', 'has no key or password in sight', user.at);
    return found;
  });
}

/** Whether the team declared that a user is a machine's. */
export function isMachine({ arn, name }: IamUser, machines: readonly string[]): boolean {
  return machines.some((glob) => matchesReferenceGlob(glob, name) || matchesReferenceGlob(glob, arn));
}
