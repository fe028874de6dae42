// What better-auth's tables and columns are called in migration 0003; a test compares its idea of them with the database.

const times = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export const userColumns = {
  modelName: 'user',
  fields: { ...times, emailVerified: 'email_verified' },
} as const;

export const sessionColumns = {
  modelName: 'session',
  fields: {
    ...times,
    userId: 'user_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
  },
  additionalFields: {
    organisationId: { type: 'string', required: false, input: false, fieldName: 'organisation_id' },
  },
} as const;

export const credentialColumns = {
  modelName: 'credential',
  fields: {
    ...times,
    userId: 'user_id',
    providerId: 'provider_id',
    accountId: 'account_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
} as const;

export const verificationColumns = {
  modelName: 'verification',
  fields: { ...times, expiresAt: 'expires_at' },
} as const;

export const twoFactorColumns = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'two_factor',
    fields: {
      userId: 'user_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const;
