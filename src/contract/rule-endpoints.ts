import {
  attendancePolicy,
  attendancePolicyChange,
  attendancePolicyInput,
  attendancePolicyList,
  attendancePolicyParams,
  policyPreview,
  policyPreviewInput,
  reevaluationList,
} from './attendance-policies.ts';
import { dayNote, dayNoteInput, dayNoteQuery } from './day-notes.ts';
import {
  driftAccepted,
  driftAcceptInput,
  driftList,
  driftQuery,
  monthLockInput,
  monthLockList,
  monthLockParams,
} from './month-locks.ts';
import { organisationQuery } from './schedules.ts';

/** The part of the endpoints that is about what is asked of a day. */
export const ruleEndpoints = {
  'GET /api/v1/attendance-policies': { query: organisationQuery, answer: attendancePolicyList },
  'POST /api/v1/attendance-policies': {
    query: organisationQuery,
    body: attendancePolicyInput,
    answer: attendancePolicy,
  },
  'POST /api/v1/attendance-policies/preview': {
    query: organisationQuery,
    body: policyPreviewInput,
    answer: policyPreview,
  },
  'PATCH /api/v1/attendance-policies/:number': {
    params: attendancePolicyParams,
    query: organisationQuery,
    body: attendancePolicyChange,
    answer: attendancePolicy,
  },
  'DELETE /api/v1/attendance-policies/:number': { params: attendancePolicyParams, query: organisationQuery },
  'GET /api/v1/reevaluations': { query: organisationQuery, answer: reevaluationList },
  'GET /api/v1/month-locks': { query: organisationQuery, answer: monthLockList },
  'POST /api/v1/month-locks': { query: organisationQuery, body: monthLockInput, answer: monthLockList },
  'DELETE /api/v1/month-locks/:month': { params: monthLockParams, query: organisationQuery },
  'GET /api/v1/drift': { query: driftQuery, answer: driftList },
  'POST /api/v1/drift/accept': { query: organisationQuery, body: driftAcceptInput, answer: driftAccepted },
  'POST /api/v1/day-notes': { query: organisationQuery, body: dayNoteInput, answer: dayNote },
  'DELETE /api/v1/day-notes': { query: dayNoteQuery },
} as const;
