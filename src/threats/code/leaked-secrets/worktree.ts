import { topOf } from '../../../lib/text-position.ts';
import { decode, onePerPlace, scan } from '../../../engines/secrets/index.ts';
import { sha256 } from '../../../lib/hash.ts';
import {
  isNonEmpty,
  prove,
  proveAbsence,
  type Absence,
  type Counterexample,
  type Gap,
  type Proof,
} from '../../../model/index.ts';
import type { Context, FourproofControl } from '../../context.ts';
import { counterexampleOf } from './counterexample.ts';
import { replayHit } from './replay.ts';
import { searchPlan } from './team-rules.ts';

/** No secret stands in a file of the tree: every file is searched with our rules and the team's own. */
export const worktree: FourproofControl = {
  id: 'worktree',
  kind: 'exposure',
  title: 'No secret stands in a file of the tree',
  needs: [],
  async judge(context) {
    const plan = await searchPlan(context);
    const gaps: Gap[] = [...plan.gaps, ...unreadable(context)];
    const counterexamples: Counterexample[] = [];
    const searched: string[] = [];
    let binaries = 0;
    for (const { path, linkTo } of context.tree.files) {
      // The same text under another name.
      if (linkTo !== undefined) continue;
      const read = await context.tree.read(path);
      if (!read.ok && read.binary === true) {
        binaries++;
        searched.push(path);
        continue;
      }
      if (!read.ok) {
        gaps.push(gapOf(path, read.reason, read.why));
        continue;
      }
      const decoded = decode(read.bytes);
      if (decoded.binary) binaries++;
      // A rule about file names also speaks of a file whose content is not text.
      const input = decoded.binary ? { path, text: '' } : { ...decoded, path };
      const { hits, problems } = scan(input, plan.ruleset, plan.ignore === undefined ? {} : { ignore: plan.ignore });
      searched.push(path);
      counterexamples.push(...onePerPlace(hits).map(counterexampleOf));
      gaps.push(
        ...problems.map(
          ({ rule, message }) => ({ reason: 'out-of-budget', message, identity: `scan ${path} ${rule}` }) satisfies Gap,
        ),
      );
    }
    return { proof: proofOf(searched, plan.ruleset.rules.length, binaries), counterexamples, gaps };
  },
  replay(context, counterexample) {
    return replayHit(context, counterexample);
  },
};

function proofOf(searched: readonly string[], rules: number, binaries: number): Proof | Absence {
  const skipped =
    binaries === 0
      ? 'no file was binary'
      : `${binaries} binary ${binaries === 1 ? 'file was' : 'files were'} searched by name only`;
  const body = {
    what: 'files',
    elements: searched,
    digest: sha256,
    method: `Executed: ${rules} rules (our pack and the team's own) over the text of every file; ${skipped}. Contents that are encoded or packed are not unpacked.`,
  };
  if (isNonEmpty(searched)) {
    return prove({ ...body, elements: searched, claim: 'No text file of the tree holds a secret of a known kind.' });
  }
  return proveAbsence({ ...body, claim: 'There is no file in the tree that could hold a secret.' });
}

function unreadable({ tree }: Pick<Context, 'tree'>): Gap[] {
  return tree.unreadable
    .filter((entry) => entry.holdsContent)
    .map(({ path, why }) => gapOf(path, 'unreadable-file', why));
}

function gapOf(path: string, reason: 'unreadable-file' | 'too-large', why: string): Gap {
  return {
    reason,
    message: `${path} was not searched: ${why}`,
    at: topOf(path),
    identity: `unread ${path}`,
    closes: reason === 'too-large' ? `Take ${path} out of the tree, or search it by hand.` : `Make ${path} readable.`,
  };
}
