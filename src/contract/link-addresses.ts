/**
 * Where links in e-mails and on the command line lead. What the link holds stands behind the #: browsers do not send
 * that, so it is in no log of a server or proxy.
 */
export const linkPaths = {
  owner: '/owner-link',
  invitation: '/invitation',
  passwordReset: '/new-password',
} as const;

export function ownerLinkAddress(publicOrigin: string, token: string): string {
  return `${publicOrigin}${linkPaths.owner}#${token}`;
}

export function invitationAddress(publicOrigin: string, token: string): string {
  return `${publicOrigin}${linkPaths.invitation}#${token}`;
}

export function passwordResetAddress(publicOrigin: string, token: string): string {
  return `${publicOrigin}${linkPaths.passwordReset}#${token}`;
}
