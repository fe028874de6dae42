import type { Clock } from '../src/clock/clock.ts';
import { type AttendanceStore, createAttendanceStore } from './data/attendance-store.ts';
import { createEmployeeStore, type EmployeeStore } from './data/employee-store.ts';
import { reshapeAttendance, reshapeEmployees } from './data/reshape-record.ts';
import { createFaultBook, type FaultBook } from './hosts/fault-book.ts';
import { createKeyRing, type KeyRing } from './hosts/key-ring.ts';
import { createRateLimiter, type RateLimiter } from './hosts/rate-limiter.ts';
import { createRequestLog, type RequestLog } from './hosts/request-log.ts';
import { createTokenStore, type TokenStore } from './hosts/token-store.ts';
import { createSandboxClock, type SandboxClock } from './sandbox-clock.ts';
import type { ParsedScenario } from './scenario/parse-scenario.ts';
import type { Requests } from './scenario/request-schema.ts';
import {
  mergeChanges,
  type RateLimit,
  type RateLimitChanges,
  type SwitchChanges,
  type Switches,
} from './scenario/switches.ts';

/** Everything that a running sandbox remembers. The hosts read it, the control interface changes it. */
export type SandboxState = {
  readonly subdomains: readonly string[];
  readonly clock: SandboxClock;
  readonly keys: KeyRing;
  readonly tokens: TokenStore;
  readonly limiter: RateLimiter;
  readonly attendance: AttendanceStore;
  readonly employees: EmployeeStore;
  requests(): Requests;
  /** What is not given stays. */
  changeRequests(changes: Partial<Requests>): void;
  readonly faults: FaultBook;
  readonly log: RequestLog;
  switches(): Switches;
  changeSwitches(changes: SwitchChanges): void;
  rateLimit(): RateLimit;
  changeRateLimit(changes: RateLimitChanges): void;
  /** `http://127.0.0.1:PORT`, known once the server listens. */
  origin(): string;
};

export function createSandboxState(parts: {
  readonly scenario: ParsedScenario;
  readonly clock: SandboxClock;
  readonly origin: () => string;
}): SandboxState {
  const { scenario, clock, origin } = parts;
  const { tenant } = scenario;
  const now = (): Temporal.Instant => clock.now();
  let switches = tenant.switches;
  let rateLimit = tenant.rateLimit;
  let requests = scenario.requests;
  const attendance = createAttendanceStore(scenario.attendance, scenario.corrections);
  const employees = createEmployeeStore(scenario.employees);
  const reshape = (): void => {
    attendance.reshape(reshapeAttendance(switches));
    employees.reshape(reshapeEmployees(switches));
  };
  reshape();
  return {
    subdomains: tenant.subdomain,
    clock,
    keys: createKeyRing(tenant.keys, now),
    tokens: createTokenStore(now, () => `${origin()}/login`),
    limiter: createRateLimiter(() => rateLimit, now),
    attendance,
    employees,
    requests: () => requests,
    changeRequests: (changes) => {
      requests = { ...requests, ...changes };
    },
    faults: createFaultBook(scenario.faults),
    log: createRequestLog(),
    switches: () => switches,
    changeSwitches: (changes) => {
      switches = mergeChanges(switches, changes);
      reshape();
    },
    rateLimit: () => rateLimit,
    changeRateLimit: (changes) => {
      rateLimit = mergeChanges(rateLimit, changes);
    },
    origin,
  };
}

export function createScenarioClock(scenario: ParsedScenario, clock: Clock): SandboxClock {
  return createSandboxClock({ clock, zone: scenario.tenant.zone, start: scenario.tenant.clock.start });
}
