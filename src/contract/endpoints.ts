import { browserAccess } from './access-token.ts';
import {
  account,
  accountChange,
  newSecondFactor,
  ownPassword,
  ownSessions,
  passwordChange,
  recoveryCodes,
  secondFactorConfirmation,
  sessionParams,
} from './account.ts';
import { auditTrail, auditTrailQuery } from './audit-trail.ts';
import { backfill, backfillEstimate, backfillInput, backfillList, backfillParams } from './backfills.ts';
import {
  connectionAnswer,
  connectionChangeInput,
  connectionIdParams,
  connectionList,
  connectionQuery,
  connectionTestEvents,
  connectionTestInput,
  newConnectionInput,
} from './connections.ts';
import { dailyReport, dailyReportQuery } from './daily-report.ts';
import { directoryEndpoints } from './directory-endpoints.ts';
import { integrationReport, integrationReportQuery } from './integration-report.ts';
import {
  invitationAcceptBody,
  invitationFacts,
  invitationList,
  invitationParams,
  madeInvitation,
  member,
  memberChange,
  memberList,
  memberParams,
  membersQuery,
  newInvitationBody,
  newPasswordBody,
  passwordResetBody,
} from './members.ts';
import { coverage, coverageQuery, overview, overviewQuery } from './overview.ts';
import { linkBody, ownerLink, ownerLinkAcceptBody } from './owner-link.ts';
import {
  erasure,
  erasureInput,
  erasureQuery,
  personExport,
  personExportQuery,
  retention,
  retentionInput,
  retentionQuery,
} from './privacy.ts';
import { rangeReports } from './range-reports.ts';
import { ruleEndpoints } from './rule-endpoints.ts';
import { runBody, runDetails, runEvents, runList, runListQuery, runParams, runQuery } from './runs.ts';
import {
  connectionParams,
  newSchedulePlanInput,
  organisationQuery,
  scheduleChange,
  scheduleList,
  schedulePlan,
  schedulePlanInput,
  scheduleStatus,
} from './schedules.ts';
import {
  done,
  providerAnswer,
  secondFactorBody,
  session,
  signInAnswer,
  signInBody,
  signInOptions,
  switchBody,
} from './session.ts';
import { summaryReport, summaryReportQuery } from './summary-report.ts';
import { apiToken, createdToken, tokenInput, tokenList, tokenParams, tokenQuery } from './tokens.ts';

/**
 * What the pages ask the server for, and with which schemas: the client of the pages takes its types from here. A test
 * holds each against the route that answers.
 */
export const endpoints = {
  'POST /api/v1/access': { body: browserAccess },
  'GET /api/v1/sign-in-options': { answer: signInOptions },
  'POST /api/v1/session': { body: signInBody, answer: signInAnswer },
  'POST /api/v1/session/second-factor': { body: secondFactorBody, answer: signInAnswer },
  'POST /api/v1/session/provider': { answer: providerAnswer },
  'GET /api/v1/session': { answer: session },
  'POST /api/v1/session/organisation': { body: switchBody, answer: session },
  'DELETE /api/v1/session': { answer: done },
  'GET /api/v1/account': { answer: account },
  'PATCH /api/v1/account': { body: accountChange, answer: done },
  'POST /api/v1/account/password': { body: passwordChange, answer: done },
  'POST /api/v1/account/second-factor': { body: ownPassword, answer: newSecondFactor },
  'POST /api/v1/account/second-factor/confirm': { body: secondFactorConfirmation, answer: done },
  'POST /api/v1/account/second-factor/remove': { body: ownPassword, answer: done },
  'POST /api/v1/account/recovery-codes': { body: ownPassword, answer: recoveryCodes },
  'GET /api/v1/account/sessions': { answer: ownSessions },
  'DELETE /api/v1/account/sessions': { answer: done },
  'DELETE /api/v1/account/sessions/:id': { params: sessionParams, answer: done },
  'POST /api/v1/owner-link': { body: linkBody, answer: ownerLink },
  'POST /api/v1/owner-link/accept': { body: ownerLinkAcceptBody, answer: signInAnswer },
  'GET /api/v1/members': { query: membersQuery, answer: memberList },
  'PATCH /api/v1/members/:id': {
    params: memberParams,
    query: membersQuery,
    body: memberChange,
    answer: member,
  },
  'DELETE /api/v1/members/:id': { params: memberParams, query: membersQuery },
  'GET /api/v1/invitations': { query: membersQuery, answer: invitationList },
  'POST /api/v1/invitations': { query: membersQuery, body: newInvitationBody, answer: madeInvitation },
  'POST /api/v1/invitations/:id/renew': {
    params: invitationParams,
    query: membersQuery,
    answer: madeInvitation,
  },
  'DELETE /api/v1/invitations/:id': { params: invitationParams, query: membersQuery },
  'POST /api/v1/invitation': { body: linkBody, answer: invitationFacts },
  'POST /api/v1/invitation/accept': { body: invitationAcceptBody, answer: signInAnswer },
  'POST /api/v1/password-reset': { body: passwordResetBody, answer: done },
  'POST /api/v1/password-reset/accept': { body: newPasswordBody, answer: done },
  'GET /api/v1/reports/daily': { query: dailyReportQuery, answer: dailyReport },
  'GET /api/v1/reports/integration': { query: integrationReportQuery, answer: integrationReport },
  'GET /api/v1/reports/summary': { query: summaryReportQuery, answer: summaryReport },
  'GET /api/v1/reports/detailed': rangeReports.detailed,
  'GET /api/v1/reports/date-wise': rangeReports['date-wise'],
  'GET /api/v1/reports/muster': rangeReports.muster,
  'GET /api/v1/reports/in-out': rangeReports['in-out'],
  'GET /api/v1/reports/late-arrivals': rangeReports['late-arrivals'],
  'GET /api/v1/reports/early-departures': rangeReports['early-departures'],
  'GET /api/v1/reports/absentees': rangeReports.absentees,
  'GET /api/v1/reports/missing-punches': rangeReports['missing-punches'],
  'GET /api/v1/reports/hours': rangeReports.hours,
  'GET /api/v1/reports/per-person': rangeReports['per-person'],
  'GET /api/v1/reports/changed-days': rangeReports['changed-days'],
  'GET /api/v1/runs': { query: runListQuery, answer: runList },
  'GET /api/v1/runs/:id': { params: runParams, query: runQuery, answer: runDetails },
  'GET /api/v1/overview': { query: overviewQuery, answer: overview },
  'GET /api/v1/coverage': { query: coverageQuery, answer: coverage },
  'GET /api/v1/audit-trail': { query: auditTrailQuery, answer: auditTrail },
  'GET /api/v1/people/export': { query: personExportQuery, answer: personExport },
  'POST /api/v1/people/erase': { query: erasureQuery, body: erasureInput, answer: erasure },
  'GET /api/v1/retention': { query: retentionQuery, answer: retention },
  'PATCH /api/v1/retention': { query: retentionQuery, body: retentionInput, answer: retention },
  'GET /api/v1/tokens': { query: tokenQuery, answer: tokenList },
  'POST /api/v1/tokens': { query: tokenQuery, body: tokenInput, answer: createdToken },
  'DELETE /api/v1/tokens/:id': { params: tokenParams, query: tokenQuery, answer: apiToken },
  ...directoryEndpoints,
  ...ruleEndpoints,
  'GET /api/v1/connections': { query: connectionQuery, answer: connectionList },
  'GET /api/v1/connections/:id': {
    params: connectionIdParams,
    query: connectionQuery,
    answer: connectionAnswer,
  },
  'POST /api/v1/connections': { query: connectionQuery, body: newConnectionInput, answer: connectionAnswer },
  'PATCH /api/v1/connections/:id': {
    params: connectionIdParams,
    query: connectionQuery,
    body: connectionChangeInput,
    answer: connectionAnswer,
  },
  'DELETE /api/v1/connections/:id': { params: connectionIdParams, query: connectionQuery },
  'POST /api/v1/runs/:id/cancel': { params: runParams, query: runQuery, answer: runDetails },
  'POST /api/v1/connections/:id/runs': {
    params: connectionParams,
    query: organisationQuery,
    body: runBody,
    answer: runDetails,
  },
  'GET /api/v1/schedules': { query: organisationQuery, answer: scheduleList },
  'PATCH /api/v1/connections/:id/schedule': {
    params: connectionParams,
    query: organisationQuery,
    body: scheduleChange,
    answer: scheduleStatus,
  },
  'POST /api/v1/connections/:id/schedule/plan': {
    params: connectionParams,
    query: organisationQuery,
    body: schedulePlanInput,
    answer: schedulePlan,
  },
  'POST /api/v1/connections/schedule-plan': {
    query: organisationQuery,
    body: newSchedulePlanInput,
    answer: schedulePlan,
  },
  'GET /api/v1/backfills': { query: organisationQuery, answer: backfillList },
  'POST /api/v1/connections/:id/backfills/estimate': {
    params: connectionParams,
    query: organisationQuery,
    body: backfillInput,
    answer: backfillEstimate,
  },
  'POST /api/v1/connections/:id/backfills': {
    params: connectionParams,
    query: organisationQuery,
    body: backfillInput,
    answer: backfill,
  },
  'POST /api/v1/backfills/:id/pause': { params: backfillParams, query: organisationQuery, answer: backfill },
  'POST /api/v1/backfills/:id/resume': { params: backfillParams, query: organisationQuery, answer: backfill },
  'POST /api/v1/backfills/:id/cancel': { params: backfillParams, query: organisationQuery, answer: backfill },
} as const;

/** What answers with a stream of events (`text/event-stream`), each with the schema of its data. */
export const streams = {
  'POST /api/v1/connections/test': {
    query: connectionQuery,
    body: connectionTestInput,
    events: connectionTestEvents,
  },
  'GET /api/v1/runs/:id/events': { params: runParams, query: runQuery, events: runEvents },
} as const;

export type Streams = typeof streams;
export type Endpoints = typeof endpoints;
