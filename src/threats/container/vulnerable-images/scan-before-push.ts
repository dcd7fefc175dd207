import { findPublishings } from '../../../engines/publishing/find-publishings.ts';
import { describeScans } from '../../../engines/publishing/scans.ts';
import { pipelines } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be judged in the job that publishes: the same image, before the push, by a step that can fail. */
export const scanBeforePush = undecided({
  id: 'scan-before-push',
  kind: 'guard',
  title: 'Each job that publishes an image scans that image before the push and fails on a known vulnerability',
  needs: ['workflow', 'action'],
  found: (context) => [...pipelines(context), ...findPublishings(context.facts).map(describeScans)],
  missing: 'this version has no advisory database to drill the scan with',
  closes:
    'check by hand: publish an image with a known vulnerable package from a copy of the repository and see that the job fails before the push',
});
