import type { z } from 'zod';
import type { Endpoints } from '../../../src/contract/endpoints.ts';
import type { ProblemAnswer } from '../../../src/contract/problem.ts';
import { ApiProblem } from './api-problem.ts';

/** `GET /api/v1/runs/:id` and so on: what there is stands in the contract. */
export type EndpointName = keyof Endpoints;

type Part<Name extends EndpointName, Key extends string> =
  Endpoints[Name] extends Record<Key, infer Schema extends z.ZodType> ? z.input<Schema> : undefined;

type Given<Name extends EndpointName, Key extends string> =
  Part<Name, Key> extends undefined
    ? { readonly [K in Key]?: undefined }
    : Partial<Part<Name, Key>> extends Part<Name, Key>
      ? { readonly [K in Key]?: Part<Name, Key> }
      : { readonly [K in Key]: Part<Name, Key> };

export type Question<Name extends EndpointName> = Given<Name, 'params'> &
  Given<Name, 'query'> &
  Given<Name, 'body'>;

export type Answer<Name extends EndpointName> = Endpoints[Name] extends {
  answer: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** Asks the server. Throws ApiProblem for a refusal, and one of code `unreachable` when there is no answer. */
export async function ask<Name extends EndpointName>(
  name: Name,
  question: Question<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const { body } = question;
  const response = await send(addressOf(name, question), {
    method: name.slice(0, name.indexOf(' ')),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await problemOf(response);
  // The server has checked it against the schema that this type is made from.
  return (response.status === 204 ? undefined : await response.json()) as Answer<Name>;
}

/** The address of a question, for links that download its answer. */
export function addressOf<Name extends EndpointName>(name: Name, question: Question<Name>): string {
  const params: Readonly<Record<string, unknown>> = question.params ?? {};
  const path = name
    .slice(name.indexOf(' ') + 1)
    .replaceAll(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(String(params[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries<unknown>(question.query ?? {})) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      query.set(key, String(value));
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw ApiProblem.unreachable();
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true;
  if (!isProblem) return ApiProblem.unreachable();
  return new ApiProblem((await response.json()) as ProblemAnswer); // as its media type says
}
