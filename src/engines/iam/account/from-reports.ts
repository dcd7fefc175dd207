import type { CredentialReport, CredentialRow } from '../../../facts/iam-export/types.ts';
import type { AccessKey, IamUser, IamWorld, RootUser } from './types.ts';

/** What a credential report says of users that are known: second factor, passwords, keys with their age; and of root users. */
export function withReports(world: IamWorld, { path, rows }: CredentialReport): IamWorld {
  const byArn = new Map(rows.map((row) => [row.arn, row]));
  const roots = rows.flatMap((row): RootUser[] => {
    const account = /^arn:[\w-]+:iam::(\d{12}):root$/.exec(row.arn)?.[1];
    const keys = keysOf(row, path).filter(({ status }) => status === 'Active');
    return account === undefined ? [] : [{ account, mfa: row.mfaActive, keys, at: row.at }];
  });
  return {
    ...world,
    users: world.users.map((user) => {
      const row = byArn.get(user.arn);
      return row === undefined ? user : withRow(user, row, path);
    }),
    rootUsers: [...(world.rootUsers ?? []), ...roots],
  };
}

function withRow(user: IamUser, row: CredentialRow, path: string): IamUser {
  const live = keysOf(row, path);
  // The report does not say which of the keys the code made: in order, the code's come first.
  const declared = user.accessKeys.map((key, index) => ({ ...key, ...datesOf(live[index]) }));
  const others = live.slice(declared.length).filter(({ status }) => status === 'Active');
  return {
    ...user,
    mfa: { enrolled: row.mfaActive, at: row.at },
    accessKeys: [...declared, ...others],
    ...(row.passwordEnabled === true && user.loginProfile === undefined
      ? { loginProfile: { source: path, at: row.at } }
      : {}),
  };
}

function keysOf(row: CredentialRow, path: string): AccessKey[] {
  return row.keys.flatMap(({ active, rotated, lastUsed }, index) =>
    !active && rotated === undefined
      ? []
      : [
          {
            source: `key ${index + 1} in ${path}`,
            status: active ? ('Active' as const) : ('Inactive' as const),
            at: row.at,
            ...(rotated === undefined ? {} : { created: rotated }),
            ...(lastUsed === undefined ? {} : { lastUsed }),
          },
        ],
  );
}

function datesOf(key: AccessKey | undefined): Pick<AccessKey, 'created' | 'lastUsed'> {
  return {
    ...(key?.created === undefined ? {} : { created: key.created }),
    ...(key?.lastUsed === undefined ? {} : { lastUsed: key.lastUsed }),
  };
}
