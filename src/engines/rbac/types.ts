import type { Gap, SourceLocation } from '../../model/index.ts';

/** One rule of a role: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  /** API groups; the core group is ''. */
  readonly apiGroups: readonly string[];
  /** `pods`, `pods/exec`, `*`, or a star with a subresource. */
  readonly resources: readonly string[];
  /** Only these objects; empty: all. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
  /** Where it stands; absent for what Kubernetes or EKS brings. */
  readonly at?: SourceLocation;
  /** Set where a part is not known: why. The lists are then as wide as they could be, and the rule grants nothing for sure. */
  readonly maybe?: string;
}

/** Whose words an object is: the product's, the API server's own, or EKS access policies. */
export type Source = 'product' | 'kubernetes' | 'eks';

export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
  /** Of a Role. */
  readonly namespace?: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Its own rules; `RbacModel.rulesOf` has those that it collects, too. */
  readonly rules: readonly PolicyRule[];
  /** Of an aggregated ClusterRole: it holds the rules of every ClusterRole that one of these selects. */
  readonly collects?: readonly LabelSelector[];
  readonly source: Source;
  readonly at?: SourceLocation;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors; an empty one selects everything. */
export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>;
  readonly matchExpressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly role: { readonly kind: string; readonly name: string; readonly at?: SourceLocation };
  readonly subjects: readonly BoundSubject[];
  readonly source: Source;
  readonly at?: SourceLocation;
  /** Set where the role or a subject is not known: why. */
  readonly maybe?: string;
  /** Its subjects are not all known: it may name anybody. */
  readonly anybody?: true;
}

/** Where a binding grants: everywhere and on resources of the cluster, in one namespace, or in those that a glob of EKS matches. */
export type Scope =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'globs'; readonly globs: readonly string[] };

export interface BoundSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of a service account. */
  readonly namespace?: string;
  readonly at?: SourceLocation;
}

export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
  /** False where it says that pods do not mount its token, unless they say otherwise. */
  readonly mountsToken?: boolean;
  readonly at?: SourceLocation;
}

/** A pod, or a workload that makes pods, as far as it matters here. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Name of the service account that its pods run as. */
  readonly serviceAccount: string;
  /** Whether its pods mount the account's token, where they say so; a token that they project themselves counts. */
  readonly mountsToken?: boolean;
  /** Secrets of its namespace that its pods name. */
  readonly secrets: readonly SecretReference[];
  /** Set where its pods are root on their node as they are: what makes them so. */
  readonly escapes?: { readonly how: string; readonly at: SourceLocation };
  readonly at: SourceLocation;
}

export interface SecretReference {
  readonly name: string;
  /** Whether the pod's processes see its values: those of `imagePullSecrets` stay with the kubelet. */
  readonly held: boolean;
  readonly at: SourceLocation;
}

/** A secret that is declared here, or that something here names. */
export interface Secret {
  readonly namespace: string;
  readonly name: string;
  /** False where it is only named. */
  readonly declared: boolean;
  readonly at: SourceLocation;
  /** Of a token of a service account: its name. */
  readonly tokenOf?: string;
}

/** A service account may act as an IAM role, by IRSA or EKS Pod Identity. */
export interface WorkloadRole {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** ARN; where it is not known, the reason in parentheses. */
  readonly role: string;
  readonly by: 'irsa' | 'pod-identity';
  readonly at: SourceLocation;
}

/** Who asks: a user name and groups, exactly as an authenticator gives them. */
export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

/** An IAM principal that EKS authenticates, and who it is in the cluster. */
export interface IamIdentity extends Subject {
  /** ARN of the role or user; where it is not known, what is. */
  readonly principal: string;
  readonly by: 'aws-auth' | 'access-entry' | 'cluster-creator';
  readonly at: SourceLocation;
}

/** What is asked: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#review-your-request-attributes. */
export type Request = ResourceRequest | UrlRequest;

export interface ResourceRequest {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** '' or absent: on the cluster, or in all namespaces. */
  readonly namespace?: string;
  /** Absent for lists and for what is yet to be named. */
  readonly name?: string;
}

export interface UrlRequest {
  readonly verb: string;
  readonly path: string;
}

/** A rule that allows a request, and how it comes to the subject. */
export interface Grant {
  readonly rule: PolicyRule;
  readonly role: Role;
  readonly binding: Binding;
}

export type Decision =
  | { readonly kind: 'allowed'; readonly by: readonly Grant[] }
  | { readonly kind: 'denied' }
  /** Nothing allows it for sure, and what is not known may. */
  | { readonly kind: 'undecided'; readonly because: readonly string[] };

/** Everything that decides who may do what in the cluster. */
export interface RbacModel {
  readonly roles: readonly Role[];
  readonly bindings: readonly Binding[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly workloads: readonly Workload[];
  readonly secrets: readonly Secret[];
  readonly iamIdentities: readonly IamIdentity[];
  readonly workloadRoles: readonly WorkloadRole[];
  /** IAM roles of nodes. */
  readonly nodeRoles: readonly { readonly role: string; readonly at: SourceLocation }[];
  /** Namespaces that something names, sorted. */
  readonly namespaces: readonly string[];
  /** Where EKS maps IAM through the ConfigMap aws-auth; absent where nothing says so. */
  readonly awsAuth?: SourceLocation;
  /** What could not be read or is not known. */
  readonly gaps: readonly Gap[];
  /** What a role grants: its own rules and those that it collects. */
  readonly rulesOf: (role: Role) => readonly PolicyRule[];
  /** The role that a binding names; undefined where it is not in sight. */
  readonly roleOf: (binding: Binding) => Role | undefined;
  /** The bindings that name a user or service account (`user`) or one of the groups. */
  readonly bindingsOf: (subject: Subject) => readonly Binding[];
}
