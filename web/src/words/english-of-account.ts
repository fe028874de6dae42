import { account } from './english/account.ts';

/** Words that come with the page of one's own account, and not before. */
export const englishOfAccount = { account };
