import { ask } from './ask.ts';

const marker = '#access=';

/**
 * The link that the server prints carries the access token behind the #, which a browser never sends. It is handed in
 * once, and taken out of the address so that it is neither bookmarked nor copied along.
 */
export async function openSessionFromLink(): Promise<void> {
  const { hash, pathname, search } = window.location;
  if (!hash.startsWith(marker)) return;
  window.history.replaceState(null, '', `${pathname}${search}`);
  const accessToken = decodeURIComponent(hash.slice(marker.length));
  // A token of an earlier start opens nothing: the page then says what to do, as it does without any.
  await ask('POST /api/v1/access', { body: { accessToken } }).catch(() => {});
}
