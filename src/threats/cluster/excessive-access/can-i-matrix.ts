import { charts, rbacObjects, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with every row of the matrix: what each declared role may do, and what it may not. */
export const canIMatrix = undecided({
  id: 'can-i-matrix',
  kind: 'guard',
  title: 'Each declared role answers the can-i matrix as declared',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...rbacObjects(context), ...charts(context), ...terraformFiles(context)],
  missing: 'this version cannot ask a role what it may do',
  closes: 'check by hand: kubectl auth can-i <verb> <resource> --as=<user> --as-group=<group>, for each declared role',
});
