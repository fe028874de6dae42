/** What the pages themselves say when something could not be done. */
export const failures = {
  unreachable: 'Hajiri does not answer',
  unreachableText: 'Check the network, and that Hajiri still runs on its machine.',
  notLoaded: 'Hajiri could not be loaded',
  notAllowed: 'You do not have the right to this',
  notAllowedText: 'Your role in this company does not include it. Ask an owner or an administrator.',
  whatToDo: 'What to do',
  readMore: 'More about this problem',
  requestId: 'Request {{id}}',
  tryAgain: 'Try again',
  loading: 'Loading',
} as const;
