import type { Switches } from '../scenario/switches.ts';

/** A complete answer, before a fault spoils it. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const jsonType = 'application/json; charset=utf-8';

export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return jsonTextAnswer(status, JSON.stringify(value), headers);
}

export function jsonTextAnswer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': jsonType, ...headers }, body };
}

export function textAnswer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

export function htmlAnswer(status: number, title: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function emptyAnswer(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: '' };
}

/** A refusal by Keka's own rules. The message is always this generic one, misspelt as Keka spells it. */
export function envelopeRefusal(status: number, reason: string, switches: Switches): Answer {
  return jsonAnswer(status, {
    succeeded: false,
    message: 'An Error Occured',
    ...errorsMember(reason, switches),
    data: null,
  });
}

function errorsMember(reason: string, { errorsShape }: Switches): Record<string, unknown> {
  if (errorsShape === 'missing') return {};
  if (errorsShape === 'null') return { errors: null };
  return { errors: errorsShape === 'map' ? { request: [reason] } : [reason] };
}

/** A parameter that cannot be read never reaches Keka's rules: the framework in front answers in its own shape. */
export function unreadableParameter(name: string, reason: string): Answer {
  return jsonAnswer(
    400,
    {
      type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
      title: 'One or more validation errors occurred.',
      status: 400,
      errors: { [name]: [reason] },
    },
    { 'content-type': 'application/problem+json; charset=utf-8' },
  );
}

export function unauthorised(switches: Switches): Answer {
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
  if (switches.unauthorisedBody === 'empty') return emptyAnswer(401, headers);
  const answer =
    switches.unauthorisedBody === 'html'
      ? htmlAnswer(401, 'Unauthorized')
      : envelopeRefusal(401, 'Unauthorized', switches);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** A key without the privilege: not the envelope, but a bare JSON string. */
export function forbidden(switches: Switches): Answer {
  const sentence = 'You are not authorized to access this resource.';
  return switches.forbiddenBody === 'text' ? textAnswer(403, sentence) : jsonAnswer(403, sentence);
}
