/** What records and alarms, and the calls that end it in one account (AWS service authorisation reference, 2026-11). */

import { call } from '../forms.ts';
import type { Invariant } from '../types.ts';

const TRAIL = 'arn:aws:cloudtrail:${Region}:${Account}:trail/drill';
const TRAILS = 'arn:aws:cloudtrail:*:${Account}:trail/*';
const DETECTOR = 'arn:aws:guardduty:${Region}:${Account}:detector/drill';
const DETECTORS = 'arn:aws:guardduty:*:${Account}:detector/*';
const RECORDER = 'arn:aws:config:${Region}:${Account}:configuration-recorder/default/drill';
const RECORDERS = 'arn:aws:config:*:${Account}:configuration-recorder/*';

export const cloudtrail: Invariant = {
  id: 'cloudtrail',
  what: 'stop or narrow what CloudTrail records',
  severity: 'high',
  forms: [
    call('cloudtrail:StopLogging', TRAIL, TRAILS),
    call('cloudtrail:DeleteTrail', TRAIL, TRAILS),
    call('cloudtrail:UpdateTrail', TRAIL, TRAILS),
    call('cloudtrail:PutEventSelectors', TRAIL, TRAILS),
  ],
  except: [],
};

export const guardduty: Invariant = {
  id: 'guardduty',
  what: 'switch off GuardDuty',
  severity: 'high',
  forms: [
    call('guardduty:DeleteDetector', DETECTOR, DETECTORS),
    call('guardduty:UpdateDetector', DETECTOR, DETECTORS),
    call('guardduty:DisassociateFromAdministratorAccount', '*'),
    call('guardduty:DisassociateFromMasterAccount', '*'),
  ],
  except: [],
};

export const config: Invariant = {
  id: 'config',
  what: 'stop what AWS Config records',
  severity: 'medium',
  forms: [
    call('config:StopConfigurationRecorder', RECORDER, RECORDERS),
    call('config:DeleteConfigurationRecorder', RECORDER, RECORDERS),
    call('config:DeleteDeliveryChannel', '*'),
  ],
  except: [],
};

export const leaving: Invariant = {
  id: 'leaving',
  what: 'leave the organisation and its policies',
  severity: 'high',
  forms: [call('organizations:LeaveOrganization', '*')],
  except: [],
};
