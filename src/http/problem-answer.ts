import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HajiriError, type InputFault, InvalidInputError, isHajiriError } from '../errors/hajiri-error.ts';
import { describeProblem, type ProblemCode, problemPage } from '../errors/problem-codes.ts';
import type { Log } from '../log/log.ts';

const statuses: Partial<Record<ProblemCode, number>> = {
  invalid_input: 422,
  not_found: 404,
  unauthenticated: 401,
  not_allowed: 403,
  session_ended: 401,
  token_refused: 401,
  sign_in_refused: 401,
  second_factor_refused: 401,
  cross_site_refused: 403,
  account_exists: 409,
  link_expired: 410,
  too_many_attempts: 429,
  already_running: 409,
  not_possible: 409,
  rate_limited: 429,
  database_unavailable: 503,
  secrets_unreadable: 503,
  pages_not_built: 503,
};

/** Every failure as application/problem+json, with the same code and words as everywhere else. */
export function answerError(
  log: Log,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = toHajiriError(error);
  if (known.code === 'internal') {
    // Names only: a library's message may quote values.
    log.error(
      { requestId: request.id, error: error instanceof Error ? error.name : typeof error },
      'request_failed',
    );
  }
  return answerProblem(request, reply, known);
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return answerProblem(request, reply, new HajiriError('not_found', 'There is nothing under this address.'));
}

function answerProblem(request: FastifyRequest, reply: FastifyReply, error: HajiriError): FastifyReply {
  const { title, nextStep } = describeProblem(error.code);
  if (error.code === 'unauthenticated' || error.code === 'token_refused')
    reply.header('www-authenticate', 'Bearer');
  const { retryAfterSeconds, run } = error.details;
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds);
  return reply
    .code(statuses[error.code] ?? 500)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send({
      type: problemPage(error.code),
      title,
      status: statuses[error.code] ?? 500,
      code: error.code,
      detail: error.message,
      whatToDo: nextStep,
      requestId: request.id,
      ...(typeof run === 'string' ? { run } : {}),
      ...(error instanceof InvalidInputError ? { faults: error.faults } : {}),
    });
}

function toHajiriError(error: unknown): HajiriError {
  if (isHajiriError(error)) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new InvalidInputError(
      error.validation.flatMap(({ instancePath, message, params }) => {
        const unknown = unknownNames.safeParse(params);
        if (unknown.success) return unknown.data.keys.map(notAParameter);
        const field = instancePath.replace(/^\//, '').replaceAll('/', '.') || 'input';
        return [{ field, reason: message ?? 'is not valid' }];
      }),
    );
  }
  if (isClientFault(error)) return new InvalidInputError([{ field: 'request', reason: reasonOf(error) }]);
  return new HajiriError('internal', 'Hajiri made a mistake while answering.', { cause: error });
}

/** What zod tells of members that a schema does not have. */
const unknownNames = z.object({ keys: z.array(z.string()) });

function notAParameter(name: string): InputFault {
  return { field: name.slice(0, 60), reason: 'is not a parameter of this address' };
}

function isClientFault(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500 && 'code' in error;
}

/** fastify's own words name no values, but its codes are stable; only known ones are passed on. */
function reasonOf({ code }: FastifyError): string {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'has a body that is too large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'has a content type that is not JSON';
  return 'cannot be understood';
}
