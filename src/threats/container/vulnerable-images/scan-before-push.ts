import { pipelines } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be judged in the job that publishes: the same image, before the push, by a step that can fail. */
export const scanBeforePush = undecided({
  id: 'scan-before-push',
  kind: 'guard',
  title: 'Each job that publishes an image scans that image before the push and fails on a known vulnerability',
  needs: ['workflow', 'action'],
  found: pipelines,
  missing: 'this version does not join an image scan with the push that it must precede',
  closes:
    'check by hand: publish an image with a known vulnerable package from a copy of the repository and see that the job fails before the push',
});
