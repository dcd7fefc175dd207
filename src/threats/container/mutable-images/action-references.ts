import type { FourproofControl } from '../../context.ts';
import { judgeReferences, replayReference } from './judge-references.ts';
import { collectActionReferences } from './references.ts';
import { fixityOfAction } from './registries.ts';

/** Every action and reusable workflow of others is named by its commit. */
export const actionReferences: FourproofControl = {
  id: 'action-references',
  kind: 'exposure',
  title: 'Every action and reusable workflow names a full commit',
  needs: ['workflow', 'action'],
  judge(context) {
    return judgeReferences(
      {
        engine: 'action-references',
        what: 'action references',
        claim: 'Every action and reusable workflow of others is pinned to a full commit.',
        method:
          'every `uses` of workflows, reusable workflows and composite actions in the tree; what a pinned action itself uses is not in sight',
        fixityOf: fixityOfAction,
        searched: ({ facts }) => [...facts.workflow, ...facts.action].map((fact) => fact.path),
        grants: (text) => [
          `run code of their choice in the workflow, with its token and secrets, at the next run that uses ${text.split('@')[0] ?? text}`,
        ],
      },
      collectActionReferences(context),
      context,
    );
  },
  replay: replayReference,
};
