import { addRun, both, combined, doubted, either, exact, inverted, noBits, type Bits, type Span } from '../bits.ts';
import { printRange, type AddressRange } from '../addresses.ts';
import { OutOfBudget } from '../port-sets.ts';
import type { NetworkModel, Peer, Policy, Selector } from '../types.ts';
import { AddressLine } from './address-line.ts';
import { LabelIndex } from './label-index.ts';
import { holdsPods } from './pod-blocks.ts';
import type { Profile } from './profiles.ts';

/** Words of memory for the sets of all rules, with those that they are made of. */
const MOST_WORDS = 40_000_000;

/**
 * Turns ends of rules into sets of elements. Elements are the profiles of pods, and from `firstPiece` on the pieces of
 * the line of addresses.
 */
export class PeerIndex {
  readonly line: AddressLine;
  readonly firstPiece: number;
  readonly size: number;
  readonly #model: NetworkModel;
  readonly #pods: LabelIndex;
  readonly #sets: LabelIndex;
  readonly #setPieces: readonly Span[];
  /** Pods that are on the host network, and those that may be. */
  readonly #hosts: Span;
  readonly #allPods: Bits;
  readonly #allPieces: Bits;
  readonly #everyPod: Span;
  readonly #everyPiece: Span;
  readonly #noPiece: Span;
  readonly #hasHosts: boolean;
  readonly #spans = new Map<string, Span>();
  #words = 0;

  constructor(model: NetworkModel, profiles: readonly Profile[], blocks: readonly AddressRange[]) {
    this.#model = model;
    this.line = new AddressLine([...blocks, ...model.sets.flatMap(({ nets }) => nets)]);
    this.firstPiece = Math.ceil(profiles.length / 32) * 32;
    this.size = this.firstPiece + this.line.size;
    this.#pods = new LabelIndex(profiles.map(({ pod }) => pod));
    const nobody = { known: new Map<string, string>() };
    this.#sets = new LabelIndex(model.sets.map((set) => ({ ...set, accountLabels: nobody })));
    this.#allPods = noBits(profiles.length);
    addRun(this.#allPods, 0, profiles.length);
    this.#allPieces = noBits(this.line.size);
    addRun(this.#allPieces, 0, this.line.size);
    this.#setPieces = model.sets.map(({ nets, open }) =>
      open === undefined ? exact(this.line.pieces(nets)) : { must: noBits(this.line.size), may: this.#allPieces },
    );
    const [must, may] = [noBits(profiles.length), noBits(profiles.length)];
    for (const [at, { pod }] of profiles.entries()) {
      if (pod.hostNetwork === true) addRun(must, at, at + 1);
      if (pod.hostNetwork !== false) addRun(may, at, at + 1);
    }
    this.#hosts = { must, may };
    this.#hasHosts = may.some((word) => word !== 0);
    this.#everyPod = exact(this.#allPods);
    this.#everyPiece = exact(this.#allPieces);
    this.#noPiece = exact(noBits(this.line.size));
  }

  /** Elements that a policy applies to: pods only. */
  subject(selector: Selector, hosts: Policy['hosts']): Span {
    const key = JSON.stringify(['subject', bare(selector), hosts]);
    const known = this.#spans.get(key);
    if (known !== undefined) return known;
    const span = this.#subject(selector, hosts);
    this.#spans.set(key, span);
    return span;
  }

  #subject(selector: Selector, hosts: Policy['hosts']): Span {
    const pods = this.#withoutHosts(this.#pods.select(selector), hosts);
    return this.#joined(pods, this.#noPiece);
  }

  /** Elements that an end of a rule surely and possibly is. */
  span(peer: Peer, hosts: Policy['hosts']): Span {
    const key = keyOf(peer, hosts);
    const known = this.#spans.get(key);
    if (known !== undefined) return known;
    const sure = this.#joined(this.#podsOf(peer, hosts), this.#piecesOf(peer));
    const span = peer.doubt === undefined ? sure : doubted(sure);
    this.#words += span.may.length * 4;
    if (this.#words > MOST_WORDS) throw new OutOfBudget('the selectors of all rules select too much');
    this.#spans.set(key, span);
    return span;
  }

  /** Whether a profile may be on the host network. */
  mayBeHost(profile: number): boolean {
    return ((this.#hosts.may[profile >>> 5] ?? 0) & (1 << (profile & 31))) !== 0;
  }

  #podsOf(peer: Peer, hosts: Policy['hosts']): Span {
    const parts: Span[] = [];
    if (peer.selector !== undefined) parts.push(this.#withoutHosts(this.#pods.select(peer.selector), hosts));
    if (peer.notSelector !== undefined)
      parts.push(inverted(this.#withoutHosts(this.#pods.select(peer.notSelector), hosts), this.#allPods));
    if (peer.nets !== undefined || peer.notNets !== undefined) parts.push(this.#addressed(peer));
    return conjunction(parts, this.#everyPod);
  }

  /** Pods whose address is in the blocks of a peer. A host has an address of its node, wherever pods get theirs from. */
  #addressed(peer: Peer): Span {
    const held = holdsPods(peer, this.#model.podNetworks);
    const heldAnywhere = holdsPods(peer, undefined);
    if (held === 'yes' && heldAnywhere === 'yes') return this.#everyPod;
    const none = noBits(this.#allPods.length * 32);
    const must = held === 'yes' ? combined(this.#allPods, this.#hosts.may, (a, b) => a & ~b) : none;
    const may = held === 'no' ? none : this.#allPods;
    const hosts = this.#hosts;
    if (heldAnywhere === 'no') return { must, may: combined(may, hosts.must, (a, b) => a & ~b) };
    return { must, may: combined(may, hosts.may, (a, b) => a | b) };
  }

  #piecesOf(peer: Peer): Span {
    const parts: Span[] = [];
    if (peer.selector !== undefined) parts.push(this.#inSets(peer, peer.selector));
    if (peer.notSelector !== undefined) parts.push(inverted(this.#inSets(peer, peer.notSelector), this.#allPieces));
    if (peer.nets !== undefined) parts.push(exact(this.line.pieces(peer.nets)));
    if (peer.notNets !== undefined) parts.push(inverted(exact(this.line.pieces(peer.notNets)), this.#allPieces));
    return conjunction(parts, this.#everyPiece);
  }

  /** Addresses of the network sets that a selector selects. */
  #inSets(peer: Peer, selector: Selector): Span {
    const none = this.#noPiece;
    if (peer.sets !== true) return none;
    const chosen = this.#sets.select(selector);
    return this.#setPieces
      .map((pieces, at) => {
        if (((chosen.may[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) return none;
        return ((chosen.must[at >>> 5] ?? 0) & (1 << (at & 31))) === 0 ? doubted(pieces) : pieces;
      })
      .reduce(either, none);
  }

  #withoutHosts(span: Span, hosts: Policy['hosts']): Span {
    if (!this.#hasHosts) return span;
    return {
      must: combined(span.must, this.#hosts.may, (a, b) => a & ~b),
      may: hosts === 'never' ? combined(span.may, this.#hosts.must, (a, b) => a & ~b) : span.may,
    };
  }

  #joined(pods: Span, pieces: Span): Span {
    const join = (a: Bits, b: Bits): Bits => {
      const bits = noBits(this.size);
      bits.set(a);
      bits.set(b, this.firstPiece >>> 5);
      return bits;
    };
    const may = join(pods.may, pieces.may);
    return { must: pods.must === pods.may && pieces.must === pieces.may ? may : join(pods.must, pieces.must), may };
  }
}

function conjunction([first, ...rest]: readonly Span[], everything: Span): Span {
  return first === undefined ? everything : rest.reduce(both, first);
}

/** Blocks of a policy's peers, which cut the line. */
export function blocksOf(peers: readonly Peer[]): AddressRange[] {
  return peers.flatMap(({ nets, notNets }) => [...(nets ?? []), ...(notNets ?? [])]);
}

function keyOf(peer: Peer, hosts: Policy['hosts']): string {
  const ranges = (list: readonly AddressRange[] | undefined): unknown => list?.map(printRange);
  const { selector, notSelector, sets, nets, notNets, doubt } = peer;
  return JSON.stringify([
    bare(selector),
    bare(notSelector),
    sets === true,
    ranges(nets),
    ranges(notNets),
    doubt === undefined,
    hosts,
  ]);
}

/** A selector without the reasons of its doubts, which say nothing about whom it selects. */
function bare(selector: Selector | undefined): unknown {
  switch (selector?.kind) {
    case undefined:
      return 0;
    case 'unknown':
      return '?';
    case 'not':
      return ['!', bare(selector.item)];
    case 'and':
    case 'or':
      return [selector.kind, ...selector.items.map(bare)];
    default:
      return selector;
  }
}
