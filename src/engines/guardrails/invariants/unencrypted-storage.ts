import { always, call, callOn, orAbsent } from '../forms.ts';
import type { Form, Invariant } from '../types.ts';

/*
 * The calls that make a volume, a snapshot or a database, with the key that AWS documents for its encryption (service
 * authorisation reference of EC2, EBS and RDS, 2026-11). What is restored or copied inside the account is as encrypted as
 * what it comes from, so only what comes from outside counts: images, files, and snapshots that another account shares.
 */
const VOLUME = 'arn:aws:ec2:${Region}:${Account}:volume/vol-0drill';
const SNAPSHOT = 'arn:aws:ec2:${Region}::snapshot/snap-0drill';
const IMAGE = 'arn:aws:ec2:${Region}::image/ami-0drill';
const INSTANCE = 'arn:aws:ec2:${Region}:${Account}:instance/i-0drill';
const DATABASE = 'arn:aws:rds:${Region}:${Account}:db:drill';
const CLUSTER = 'arn:aws:rds:${Region}:${Account}:cluster:drill';
const SHARED_SNAPSHOT = 'arn:aws:rds:${Region}:${Foreign}:snapshot:shared';
const SHARED_CLUSTER_SNAPSHOT = 'arn:aws:rds:${Region}:${Foreign}:cluster-snapshot:shared';

const ENCRYPTED = always('ec2:encrypted', 'false');
const MAYBE_ENCRYPTED = orAbsent('ec2:encrypted', 'false');
const STORAGE = orAbsent('rds:storageencrypted', 'false');

const VOLUMES: Form[] = [
  callOn(
    'ec2:RunInstances',
    [
      { example: VOLUME, keyed: true },
      { example: INSTANCE },
      { example: IMAGE },
      { example: 'arn:aws:ec2:${Region}:${Account}:network-interface/eni-0drill' },
      { example: 'arn:aws:ec2:${Region}:${Account}:security-group/sg-0drill' },
      { example: 'arn:aws:ec2:${Region}:${Account}:subnet/subnet-0drill' },
    ],
    ENCRYPTED,
  ),
  callOn('ec2:CopyVolumes', [{ example: VOLUME, keyed: true }], ENCRYPTED),
  callOn('ec2:ImportVolume', [{ example: VOLUME, keyed: true }], MAYBE_ENCRYPTED),
  callOn('ec2:ImportInstance', [{ example: VOLUME, keyed: true }, { example: INSTANCE }], MAYBE_ENCRYPTED),
  callOn(
    'ec2:CreateReplaceRootVolumeTask',
    [
      { example: VOLUME, keyed: true },
      { example: INSTANCE },
      { example: 'arn:aws:ec2:${Region}:${Account}:replace-root-volume-task/replacevol-0drill' },
    ],
    MAYBE_ENCRYPTED,
  ),
];

const SNAPSHOTS: Form[] = [
  callOn('ec2:CopySnapshot', [{ example: SNAPSHOT, keyed: true }], MAYBE_ENCRYPTED),
  callOn(
    'ec2:ImportSnapshot',
    [
      { example: SNAPSHOT, keyed: true },
      { example: 'arn:aws:ec2:${Region}:${Account}:import-snapshot-task/import-snap-0drill' },
    ],
    MAYBE_ENCRYPTED,
  ),
  callOn(
    'ec2:ImportImage',
    [
      { example: SNAPSHOT, keyed: true },
      { example: IMAGE },
      { example: 'arn:aws:ec2:${Region}:${Account}:import-image-task/import-ami-0drill' },
    ],
    MAYBE_ENCRYPTED,
  ),
  callOn('ec2:CopyImage', [{ example: SNAPSHOT, keyed: true }, { example: IMAGE }], MAYBE_ENCRYPTED),
  // Writes blocks into a new snapshot; no key says whether it is encrypted.
  call('ebs:StartSnapshot', SNAPSHOT, 'arn:aws:ec2:*::snapshot/*'),
];

const DATABASES: Form[] = [
  callOn('rds:CreateDBInstance', [{ example: DATABASE, keyed: true }], STORAGE),
  callOn('rds:CreateDBCluster', [{ example: CLUSTER, keyed: true }], STORAGE),
  callOn('rds:RestoreDBInstanceFromS3', [{ example: DATABASE, keyed: true }], STORAGE),
  callOn('rds:RestoreDBClusterFromS3', [{ example: CLUSTER, keyed: true }], STORAGE),
  callOn(
    'rds:RestoreDBInstanceFromDBSnapshot',
    [
      { example: DATABASE, keyed: true },
      { example: SHARED_SNAPSHOT, foreign: true },
    ],
    STORAGE,
  ),
  // No key tells these apart but whose snapshot it is.
  callOn(
    'rds:RestoreDBClusterFromSnapshot',
    [{ example: SHARED_CLUSTER_SNAPSHOT, foreign: true }, { example: CLUSTER }],
    [{ context: new Map(), absent: [] }],
  ),
  callOn(
    'rds:CopyDBSnapshot',
    [{ example: SHARED_SNAPSHOT, foreign: true }, { example: 'arn:aws:rds:${Region}:${Account}:snapshot:drill' }],
    [{ context: new Map(), absent: [] }],
  ),
  callOn(
    'rds:CopyDBClusterSnapshot',
    [
      { example: SHARED_CLUSTER_SNAPSHOT, foreign: true },
      { example: 'arn:aws:rds:${Region}:${Account}:cluster-snapshot:drill' },
    ],
    [{ context: new Map(), absent: [] }],
  ),
];

/** Data at rest is encrypted, whichever call makes what holds it. */
export const unencryptedStorage: Invariant = {
  id: 'unencrypted-storage',
  what: 'make unencrypted volumes, snapshots and databases',
  severity: 'medium',
  forms: [
    callOn('ec2:CreateVolume', [{ example: VOLUME, keyed: true }], ENCRYPTED),
    ...VOLUMES,
    ...SNAPSHOTS,
    ...DATABASES,
  ],
  except: [],
};
