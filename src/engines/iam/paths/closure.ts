import type { IamRole } from '../account/types.ts';
import { assumeEdges, trustEdges } from './assume-edges.ts';
import { GIVING, grantEdges } from './grant-edges.ts';
import { administrator, nodeKey, type Certainty, type PathEdge, type PathModel, type PathNode } from './model.ts';
import { allowing, mayName } from './prefilter.ts';
import { serviceEdges } from './service-edges.ts';
import { enrolEdges, userEdges } from './user-edges.ts';

/** Somebody who was reached, and the step that led there. */
export interface Reached {
  readonly node: PathNode;
  readonly certainty: Certainty;
  /** Absent for the start. */
  readonly from?: string;
  readonly edge?: PathEdge;
}

const MOST_NODES = 5_000;

/** Who becomes whom: edges are made when they are first asked for, and shared by all starts. */
export class Closure {
  /** Whether from some start more was reached than is followed: what was found stands, and there may be more. */
  incomplete = false;
  readonly #model: PathModel;
  readonly #edges = new Map<string, readonly PathEdge[]>();
  readonly #grants = new Map<string, readonly PathEdge[]>();
  readonly #givers = new Map<string, boolean>();
  readonly #gateways = new Map<string, readonly string[]>();

  constructor(model: PathModel) {
    this.#model = model;
  }

  /**
   * Everybody whom a start may become, by node. From somebody who administers an account, only the ways into other accounts
   * are followed: within the account everything is theirs, see {@link takeOver}.
   */
  from(start: PathNode, certainty: Certainty): ReadonlyMap<string, Reached> {
    const reached = new Map<string, Reached>([[nodeKey(start), { node: start, certainty }]]);
    // What is certain first: a node that is reached for certain is not reached again as possible.
    for (const phase of certainty === 'certain' ? (['certain', 'possible'] as const) : (['possible'] as const)) {
      const open = [...reached.keys()];
      for (let key = open.shift(); key !== undefined; key = open.shift()) {
        if (reached.size >= MOST_NODES) {
          this.incomplete = true;
          break;
        }
        const here = reached.get(key);
        if (here === undefined) continue;
        for (const edge of [...this.edges(here.node), ...this.#granted(here.node, reached)]) {
          const to = nodeKey(edge.to);
          if (reached.has(to) || (phase === 'certain' && edge.certainty === 'possible')) continue;
          const from = edge.helper === undefined ? key : nodeKey({ ...edge.to, identity: this.#base(edge.to) });
          reached.set(to, { node: edge.to, certainty: phase, from: reached.has(from) ? from : key, edge });
          open.push(to);
        }
      }
    }
    return reached;
  }

  /** The steps that a node may take by itself. */
  edges(node: PathNode): readonly PathEdge[] {
    const key = nodeKey(node);
    const known = this.#edges.get(key);
    if (known !== undefined) return known;
    const model = this.#model;
    const { account } = node.identity;
    const isAdministrator = administrator(node, this.#model) === 'certain';
    const elsewhere = model.allRoles.filter((role) => role.account !== account);
    const found = isAdministrator
      ? [...assumeEdges(node, model, elsewhere), ...this.#throughGateways(node)]
      : [
          ...assumeEdges(node, model, model.allRoles),
          ...enrolEdges(node, model),
          ...userEdges(node, model),
          ...trustEdges(node, model),
          ...serviceEdges(node, model),
          ...grantEdges(node, node, model),
        ];
    this.#edges.set(key, found);
    return found;
  }

  /** How somebody becomes another of the same account, also as its administrator. */
  takeOver(node: PathNode, target: string): PathEdge | undefined {
    const model = this.#model;
    const found = [
      ...assumeEdges(
        node,
        model,
        model.allRoles.filter(({ arn }) => arn === target),
      ),
      ...trustEdges(node, model),
      ...userEdges(node, model),
      ...serviceEdges(node, model),
    ].filter((edge) => edge.to.identity.id === target);
    return found.find(({ certainty }) => certainty === 'certain') ?? found[0];
  }

  /** An administrator of an account is whoever of it other accounts trust. */
  #throughGateways(node: PathNode): PathEdge[] {
    return this.#gatewaysOf(node.identity.account).flatMap((arn) => {
      const edge = arn === node.identity.arn ? undefined : this.takeOver(node, arn);
      return edge === undefined ? [] : [edge];
    });
  }

  #gatewaysOf(account: string): readonly string[] {
    const known = this.#gateways.get(account);
    if (known !== undefined) return known;
    const elsewhere = this.#model.allRoles.filter((role) => role.account !== account && mayTrust(role, account));
    const found = [...this.#model.identities.values()]
      .filter((identity) => identity.account === account && identity.holder !== undefined)
      .filter(({ principal, policies }) =>
        elsewhere.some(
          ({ arn, trust }) =>
            trust.most.statements.some(({ principals }) => mayName(principals, principal)) &&
            allowing(
              policies.map(({ policy }) => policy.most),
              'sts:AssumeRole',
              arn,
            ).length > 0,
        ),
      )
      .map(({ arn }) => arn);
    this.#gateways.set(account, found);
    return found;
  }

  /** What a node gives to those who were reached before, and they to it: both are the same attacker's. */
  *#granted(node: PathNode, reached: ReadonlyMap<string, Reached>): Generator<PathEdge> {
    const { account } = node.identity;
    if (this.#isOwned(account, reached)) return;
    for (const other of [...reached.values()]) {
      if (other.node.identity.account !== account || other.node === node) continue;
      yield* this.#grant(node, other.node);
      yield* this.#grant(other.node, node);
    }
  }

  #isOwned(account: string, reached: ReadonlyMap<string, Reached>): boolean {
    return [...reached.values()].some(
      ({ node }) => node.identity.account === account && administrator(node, this.#model) === 'certain',
    );
  }

  #grant(giver: PathNode, taker: PathNode): readonly PathEdge[] {
    if (!this.#mayGive(giver)) return [];
    const key = `${nodeKey(giver)} ${nodeKey(taker)}`;
    const known = this.#grants.get(key) ?? grantEdges(giver, taker, this.#model);
    this.#grants.set(key, known);
    return known;
  }

  /** Most identities may change nobody's policies. */
  #mayGive({ identity }: PathNode): boolean {
    const known = this.#givers.get(identity.id);
    if (known !== undefined) return known;
    const policies = identity.policies.map(({ policy }) => policy.most);
    const may = GIVING.some((action) => allowing(policies, action, '*').length > 0);
    this.#givers.set(identity.id, may);
    return may;
  }

  #base({ identity }: PathNode): PathNode['identity'] {
    return this.#model.identities.get(identity.arn) ?? identity;
  }
}

function mayTrust({ trust }: IamRole, account: string): boolean {
  return trust.most.statements.some(
    ({ principals }) =>
      principals?.principals.some(({ value }) => value.includes('*') || value.includes(account)) === true,
  );
}
