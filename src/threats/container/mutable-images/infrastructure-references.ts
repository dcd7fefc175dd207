import { tagSettings } from '../../../engines/registries/tag-settings.ts';
import type { Assessment } from '../../../model/index.ts';
import type { FourproofControl } from '../../context.ts';
import { inTerraform } from './in-terraform.ts';
import { judgeReferences } from './judge-references.ts';
import { releasedImages } from './released-images.ts';
import { replayInTerraform } from './replay-terraform.ts';
import { fixityOfImage } from './registries.ts';

/** Image references in Terraform besides Kubernetes objects: tasks, functions, services, and the charts that it installs. */
export const infrastructureReferences: FourproofControl = {
  id: 'infrastructure-references',
  kind: 'exposure',
  title: 'Every image reference in Terraform names its bytes',
  needs: ['terraform'],
  judge(context) {
    const releases = releasedImages(context);
    const settings = tagSettings(context.terraform);
    const assessment = judgeReferences(
      {
        engine: 'infrastructure-references',
        what: 'image references in Terraform',
        claim:
          'Every image that Terraform runs, itself or through a chart, names a digest or a tag that cannot be pushed again.',
        method:
          'Terraform is evaluated as a plan would be; images of well-known charts are read from their values by dated summaries of the charts',
        fixityOf: (text) => fixityOfImage(text, settings),
        searched: ({ facts }) => facts.terraform.map((fact) => fact.path),
        grants: (text) => [`run code of their choice wherever ${text} is pulled next`],
      },
      [...inTerraform(context), ...releases.references],
      context,
    );
    return releases.gaps.length === 0
      ? assessment
      : ({ ...assessment, gaps: [...assessment.gaps, ...releases.gaps] } as Assessment);
  },
  replay: replayInTerraform,
};
