import type { SandboxState } from '../sandbox-state.ts';
import { requestLists } from '../scenario/request-schema.ts';
import type { KeySettings, Privilege } from '../scenario/tenant-schema.ts';
import { type Answer, emptyAnswer, forbidden, htmlAnswer, unauthorised } from './answers.ts';
import { answerAttendance } from './attendance-endpoint.ts';
import { answerEmployee, answerEmployees } from './employees-endpoint.ts';
import { isAgentRefused, tooManyRequests } from './rate-limiter.ts';
import type { LogHandle } from './request-log.ts';
import { answerRequests } from './requests-endpoint.ts';
import { bearerToken, type SandboxRequest } from './sandbox-request.ts';

/** What is checked before a fault may happen: agent, company, method and the request budget. */
export function refuseAtDoor(request: SandboxRequest, state: SandboxState): Answer | null {
  const switches = state.switches();
  if (isAgentRefused(request.headers['user-agent'], switches.userAgent)) return htmlAnswer(403, 'Forbidden');
  if (request.subdomain === null || !state.subdomains.includes(request.subdomain)) {
    return htmlAnswer(404, 'Company not found');
  }
  // Tokens come from the login host alone.
  if (request.path === '/connect/token') return htmlAnswer(404, 'Not Found');
  if (request.method !== 'GET') return emptyAnswer(405, { allow: 'GET' });
  const waitSeconds = state.limiter.take(bucketOf(request, state));
  return waitSeconds === null ? null : tooManyRequests(waitSeconds, state.rateLimit(), state.clock.now());
}

/** The normal answer of the company's API. */
export function answerTenant(request: SandboxRequest, state: SandboxState, log: LogHandle): Answer {
  const route = findRoute(request.path);
  if (route === null) return emptyAnswer(404);
  const key = holderOf(request, state);
  if (key === null) return unauthorised(state.switches());
  log.note({ key: key.name });
  if (!key.privileges.includes(route.privilege)) return forbidden(state.switches());
  state.attendance.catchUp(state.clock.now());
  return route.answer(request, state);
}

type Route = {
  readonly privilege: Privilege;
  readonly answer: (request: SandboxRequest, state: SandboxState) => Answer;
};

function findRoute(path: string): Route | null {
  if (path === '/api/v1/time/attendance') return { privilege: 'attendance', answer: answerAttendance };
  if (path === '/api/v1/hris/employees') return { privilege: 'employees', answer: answerEmployees };
  const list = requestLists.find((name) => path === `/api/v1/time/${name}`);
  if (list !== undefined) {
    const privilege = list === 'leaverequests' ? 'leave' : 'attendance';
    return { privilege, answer: (request, state) => answerRequests(list, request, state) };
  }
  const id = /^\/api\/v1\/hris\/employees\/([^/]+)$/u.exec(path)?.[1];
  if (id === undefined) return null;
  return { privilege: 'employees', answer: (_, state) => answerEmployee(id, state) };
}

function holderOf(request: SandboxRequest, state: SandboxState): KeySettings | null {
  const token = bearerToken(request);
  const holder = token === null ? null : state.tokens.holder(token);
  const key = holder === null ? null : state.keys.find(holder.keyName);
  if (key === null) return null;
  return state.keys.isAlive(key) || state.switches().tokensOfDeadKeys === 'stay-valid' ? key : null;
}

function bucketOf(request: SandboxRequest, state: SandboxState): string {
  switch (state.rateLimit().scope) {
    case 'company':
      return 'company';
    case 'key':
      return `key ${holderOf(request, state)?.name ?? ''}`;
    case 'endpoint':
      return `endpoint ${request.path}`;
  }
}
