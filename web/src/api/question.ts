import { queryOptions } from '@tanstack/react-query';
import { type Answer, ask, type EndpointName, type Question } from './ask.ts';

/** A question for `useQuery` and its kin. The same question is asked once, whoever has it. */
export function questionOf<Name extends EndpointName>(name: Name, question: Question<Name>) {
  return queryOptions<Answer<Name>>({
    queryKey: [name, question],
    queryFn: ({ signal }) => ask(name, question, signal),
  });
}
