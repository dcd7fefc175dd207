import { isNonEmpty, type NonEmpty } from '../../model/index.ts';
import type { IamRequest, RequestPrincipal } from '../iam/types.ts';
import { FOREIGN_ACCOUNT } from './administrators.ts';
import type { Example, Form, Variant } from './types.ts';

/** Where a drill happens. */
export interface Site {
  /** 12 digits. */
  readonly account: string;
  /** A region that the policies allow. */
  readonly region: string;
  /** An instance type that they allow. */
  readonly instanceType: string;
  readonly now: Date;
}

/** The requests of a plain call, one for each resource that it touches. */
export function callRequests(
  form: Form,
  example: Example,
  variant: Variant,
  principal: RequestPrincipal,
  site: Site,
): NonEmpty<IamRequest> {
  const requests = form.parts.map((part, index): IamRequest => {
    const resource = filledIn(example.resources[index] ?? '*', site);
    const context = new Map(ordinary(site, principal));
    if (resource.includes(':instance/')) context.set('ec2:instancetype', site.instanceType);
    for (const [key, value] of example.context ?? []) {
      if (part.keyed || key.startsWith('aws:')) context.set(key, value);
    }
    if (part.keyed) {
      for (const [key, value] of variant.context) context.set(key, value);
      for (const key of variant.absent) context.delete(key);
    }
    return {
      principal,
      action: example.action,
      resource,
      ...(part.foreign === true ? { resourceAccount: FOREIGN_ACCOUNT } : {}),
      context,
    };
  });
  if (!isNonEmpty(requests)) throw new RangeError('a form has parts');
  return requests;
}

/** What every request carries, of somebody who is signed in with MFA. */
function ordinary({ region, now }: Site, { kind }: RequestPrincipal): [string, string][] {
  return [
    ['aws:currenttime', now.toISOString()],
    ['aws:epochtime', String(Math.floor(now.getTime() / 1000))],
    ['aws:requestedregion', region],
    ['aws:securetransport', 'true'],
    ['aws:useragent', 'aws-cli/2'],
    ...(kind === 'root' ? [] : ([['aws:multifactorauthpresent', 'true']] as [string, string][])),
  ];
}

/** An ARN of the account. */
export function filledIn(template: string, { account, region }: Pick<Site, 'account' | 'region'>): string {
  return template
    .replaceAll('${Account}', account)
    .replaceAll('${Foreign}', FOREIGN_ACCOUNT)
    .replaceAll('${Region}', region);
}
