import { managedPolicies, type ManagedPolicies } from './managed-policies.ts';
import { serviceData, type ServiceData } from './service-data.ts';

/** What AWS publishes about its services and policies. */
export interface AwsData {
  readonly services: ServiceData;
  readonly managed: ManagedPolicies;
}

/** Gives the texts of rules/iam. */
export type ReadIamTexts = () => { readonly services: string; readonly managedPolicies: string };

const made = new WeakMap<ReadIamTexts, AwsData>();

/** The data behind a reader: read when it is first asked for, and once. */
export function awsData(read: ReadIamTexts): AwsData {
  const known = made.get(read);
  if (known !== undefined) return known;
  const texts = read();
  const data = { services: serviceData(texts.services), managed: managedPolicies(texts.managedPolicies) };
  made.set(read, data);
  return data;
}
