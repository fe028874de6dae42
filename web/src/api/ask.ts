import type { z } from 'zod';
import type { Endpoints } from '../../../src/contract/endpoints.ts';
import type { ProblemAnswer } from '../../../src/contract/problem.ts';
import { ApiProblem } from './api-problem.ts';

/** `GET /api/v1/runs/:id` and so on: what there is stands in the contract. */
export type EndpointName = keyof Endpoints;

type Part<Endpoint, Key extends string> =
  Endpoint extends Record<Key, infer Schema extends z.ZodType> ? z.input<Schema> : undefined;

type Given<Endpoint, Key extends string> =
  Part<Endpoint, Key> extends undefined
    ? { readonly [K in Key]?: undefined }
    : Partial<Part<Endpoint, Key>> extends Part<Endpoint, Key>
      ? { readonly [K in Key]?: Part<Endpoint, Key> }
      : { readonly [K in Key]: Part<Endpoint, Key> };

/** What an endpoint of these schemas is asked. */
export type Asked<Endpoint> = Given<Endpoint, 'params'> & Given<Endpoint, 'query'> & Given<Endpoint, 'body'>;

export type Question<Name extends EndpointName> = Asked<Endpoints[Name]>;

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
  return addressIn(name, question);
}

export function addressIn(
  name: string,
  question: { readonly params?: object | undefined; readonly query?: object | undefined },
): string {
  const params = new Map(Object.entries<unknown>({ ...question.params }));
  const path = name
    .slice(name.indexOf(' ') + 1)
    .replaceAll(/:(\w+)/g, (_whole, key: string) => encodeURIComponent(String(params.get(key))));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries<unknown>({ ...question.query })) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') {
        query.append(key, String(one));
      }
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw ApiProblem.unreachable();
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json') === true;
  if (!isProblem) return ApiProblem.unreachable();
  return new ApiProblem((await response.json()) as ProblemAnswer); // as its media type says
}
