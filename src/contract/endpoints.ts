import { browserAccess } from './access-token.ts';
import { auditTrail, auditTrailQuery } from './audit-trail.ts';
import {
  connectionAnswer,
  connectionChangeInput,
  connectionIdParams,
  connectionList,
  connectionQuery,
  newConnectionInput,
} from './connections.ts';
import { dailyReport, dailyReportQuery } from './daily-report.ts';
import { integrationReport, integrationReportQuery } from './integration-report.ts';
import { coverage, coverageQuery, overview, overviewQuery } from './overview.ts';
import { linkBody, ownerLink, ownerLinkAcceptBody } from './owner-link.ts';
import { runDetails, runList, runListQuery, runParams, runQuery } from './runs.ts';
import {
  done,
  secondFactorBody,
  session,
  signInAnswer,
  signInBody,
  signInOptions,
  switchBody,
} from './session.ts';

/**
 * What the pages ask the server for, and with which schemas: the client of the pages takes its types from here. A test
 * holds each against the route that answers.
 */
export const endpoints = {
  'POST /api/v1/access': { body: browserAccess },
  'GET /api/v1/sign-in-options': { answer: signInOptions },
  'POST /api/v1/session': { body: signInBody, answer: signInAnswer },
  'POST /api/v1/session/second-factor': { body: secondFactorBody, answer: signInAnswer },
  'GET /api/v1/session': { answer: session },
  'POST /api/v1/session/organisation': { body: switchBody, answer: session },
  'DELETE /api/v1/session': { answer: done },
  'POST /api/v1/owner-link': { body: linkBody, answer: ownerLink },
  'POST /api/v1/owner-link/accept': { body: ownerLinkAcceptBody, answer: signInAnswer },
  'GET /api/v1/reports/daily': { query: dailyReportQuery, answer: dailyReport },
  'GET /api/v1/reports/integration': { query: integrationReportQuery, answer: integrationReport },
  'GET /api/v1/runs': { query: runListQuery, answer: runList },
  'GET /api/v1/runs/:id': { params: runParams, query: runQuery, answer: runDetails },
  'GET /api/v1/overview': { query: overviewQuery, answer: overview },
  'GET /api/v1/coverage': { query: coverageQuery, answer: coverage },
  'GET /api/v1/audit-trail': { query: auditTrailQuery, answer: auditTrail },
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
} as const;

export type Endpoints = typeof endpoints;
