import { call } from '../forms.ts';
import type { Invariant } from '../types.ts';

const USER = 'arn:aws:iam::${Account}:user/*';
const EXAMPLE = 'arn:aws:iam::${Account}:user/drill';

/** Long-lived identities of people and machines stand in one account: elsewhere nobody makes another. */
export const usersAndKeys: Invariant = {
  id: 'users-and-keys',
  what: 'create users, keys and passwords outside the identity account',
  severity: 'high',
  forms: [
    call('iam:CreateUser', EXAMPLE, USER),
    call('iam:CreateAccessKey', EXAMPLE, USER),
    call('iam:CreateLoginProfile', EXAMPLE, USER),
    call('iam:UpdateLoginProfile', EXAMPLE, USER),
    call('iam:CreateServiceSpecificCredential', EXAMPLE, USER),
  ],
  except: [],
};
