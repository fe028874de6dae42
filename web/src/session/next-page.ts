/** A page of ours that an address names, or the first page: an address of somebody else's leads nowhere. */
export function nextPage(given: string | undefined): string {
  if (given === undefined || !/^\/(?![/\\])/.test(given)) return '/';
  try {
    // Compared as the browser reads it: what it drops (tabs, line ends) may not turn a path into a host.
    const { origin, pathname, search } = new URL(given, 'http://here.invalid');
    const isOurs = origin === 'http://here.invalid' && !pathname.startsWith('//') && pathname !== '/sign-in';
    return isOurs ? `${pathname}${search}` : '/';
  } catch {
    return '/';
  }
}
