import { madeInvitation } from '../../src/contract/members.ts';
import type { AccountsStage, TestBrowser } from './accounts-stage.ts';

export type Joining = {
  readonly email: string;
  readonly name: string;
  readonly membership: object;
  readonly password?: string;
};

export const joinerPassword = 'a-password-of-the-test-9';

/** Somebody who was invited by `by` and joined, in a browser where they are signed in. Needs a stage without e-mail. */
export async function join(
  stage: AccountsStage,
  by: TestBrowser,
  { email, name, membership, password = joinerPassword }: Joining,
): Promise<TestBrowser> {
  const { link } = madeInvitation.parse(await by.post('/api/v1/invitations', { email, membership }));
  const browser = stage.browser();
  await browser.post('/api/v1/invitation/accept', {
    token: (link ?? '').split('#')[1],
    account: { name, password },
  });
  return browser;
}
