import { z } from 'zod';

/** What a browser hands in to open the pages as long as nobody is an owner. */
export const browserAccess = z.strictObject({
  accessToken: z.string('must be the access token').min(1, 'must not be empty').max(500, 'is too long'),
});
