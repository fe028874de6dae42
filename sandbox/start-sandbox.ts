import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../src/clock/clock.ts';
import { HajiriError } from '../src/errors/hajiri-error.ts';
import { answerControl } from './control/control-routes.ts';
import { createSandboxControl, type SandboxControl } from './control/sandbox-control.ts';
import { generateCompany } from './generate/generate-company.ts';
import { type Answer, emptyAnswer, htmlAnswer, textAnswer } from './hosts/answers.ts';
import { answerToken, refuseLoginAgent } from './hosts/login-host.ts';
import { type Delivery, playFault } from './hosts/play-fault.ts';
import type { LogHandle } from './hosts/request-log.ts';
import { readRequest, type SandboxRequest } from './hosts/sandbox-request.ts';
import { answerTenant, refuseAtDoor } from './hosts/tenant-host.ts';
import { writeDelivery } from './hosts/write-answer.ts';
import { createSandboxState, createScenarioClock, type SandboxState } from './sandbox-state.ts';
import { loadScenario } from './scenario/load-scenario.ts';
import { type ParsedScenario, parseScenario, type Scenario } from './scenario/parse-scenario.ts';

export type Sandbox = {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Stands for https://login.keka.com */
  readonly loginOrigin: string;
  /** Stands for https://SUBDOMAIN.keka.com; an unknown subdomain has an address too, and answers 404. */
  tenantOrigin(subdomain: string): string;
  /** The verbs of `/__sandbox/`, in process. */
  readonly control: SandboxControl;
  /** Breaks open connections; resolves when the port is free. */
  close(): Promise<void>;
};

/**
 * Starts a stand-in for Keka on 127.0.0.1. Without a port the system chooses a free one; without a clock real time
 * runs. Throws an InvalidInputError that names every fault of the scenario, or `port_taken`.
 */
export async function startSandbox(options: {
  readonly scenario: Scenario | { readonly folder: string };
  readonly port?: number;
  readonly clock?: Clock;
}): Promise<Sandbox> {
  const { clock = systemClock, port = 0 } = options;
  const scenario =
    'folder' in options.scenario
      ? await loadScenario(options.scenario.folder)
      : parseScenario(options.scenario);
  return serveScenario(scenario, clock, port);
}

async function serveScenario(scenario: ParsedScenario, clock: Clock, port: number): Promise<Sandbox> {
  let origin = '';
  const sandboxClock = createScenarioClock(scenario, clock);
  const peopled = addCompany(scenario, sandboxClock.today());
  const state = createSandboxState({ scenario: peopled, clock: sandboxClock, origin: () => origin });
  const control = createSandboxControl(state);
  const server = createServer((message, response) => void respond(message, response, state, control));
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await listening.catch((error: unknown) => {
    throw new HajiriError('port_taken', `The sandbox cannot listen on port ${port}`, { cause: error });
  });
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  return {
    origin,
    loginOrigin: `${origin}/login`,
    tenantOrigin: (subdomain) => `${origin}/tenant/${subdomain}`,
    control,
    close: async () => {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What `generate` describes comes before what is written out. */
function addCompany(scenario: ParsedScenario, today: Temporal.PlainDate): ParsedScenario {
  if (scenario.generate === null) return scenario;
  const company = generateCompany({ ...scenario.generate, today, zone: scenario.tenant.zone });
  return {
    ...scenario,
    employees: [...company.employees, ...scenario.employees],
    attendance: [...company.attendance, ...scenario.attendance],
    corrections: [...company.corrections, ...scenario.corrections],
  };
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
  control: SandboxControl,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  try {
    const request = readRequest(message, state.origin(), left.signal);
    const delivery = request === null ? whole(emptyAnswer(400)) : await dispatch(request, state, control);
    await writeDelivery(response, delivery, state.clock, left.signal);
  } catch (error) {
    if (left.signal.aborted) return;
    // A defect of the sandbox must not look like an answer of Keka.
    const reason = error instanceof Error ? error.message : String(error);
    const answer = textAnswer(500, `The sandbox itself failed: ${reason}`, { 'x-sandbox-defect': 'yes' });
    if (response.headersSent) response.destroy();
    else await writeDelivery(response, whole(answer), state.clock, left.signal);
  }
}

async function dispatch(
  request: SandboxRequest,
  state: SandboxState,
  control: SandboxControl,
): Promise<Delivery> {
  if (request.host === 'control') return whole(await answerControl(request, control));
  const log = state.log.open(request, request.host, state.clock.now());
  const delivery = await answerHost(request, state, log);
  if ('answer' in delivery) log.note({ status: delivery.answer.status });
  return delivery;
}

async function answerHost(request: SandboxRequest, state: SandboxState, log: LogHandle): Promise<Delivery> {
  switch (request.host) {
    case 'login':
      return withFaults(request, state, log, {
        refusal: refuseLoginAgent(request, state),
        normal: () => answerToken(request, state, log),
      });
    case 'tenant':
      return withFaults(request, state, log, {
        refusal: refuseAtDoor(request, state),
        normal: () => answerTenant(request, state, log),
      });
    case 'control':
    case 'elsewhere':
      return whole(htmlAnswer(404, 'Not Found'));
  }
}

type Way = {
  readonly refusal: Answer | null;
  readonly normal: Parameters<typeof playFault>[0]['normal'];
};

async function withFaults(
  request: SandboxRequest,
  state: SandboxState,
  log: LogHandle,
  { refusal, normal }: Way,
): Promise<Delivery> {
  if (refusal !== null) return whole(refusal);
  const rule = state.faults.match(request);
  if (rule === null) return whole(await normal());
  log.note({ fault: rule.name ?? rule.answer.kind });
  return playFault({ rule, request, state, normal });
}

function whole(answer: Answer): Delivery {
  return { kind: 'whole', answer };
}
