import { useTranslation } from 'react-i18next';

export type AuditWords = {
  /** What was done, as the trail says it, or in the reader's language. */
  readonly action: (action: string) => string;
  readonly kind: (kind: string) => string;
};

/** The trail is written in English; what is known of it is told in the reader's language. */
export function useAuditWords(): AuditWords {
  const { t, i18n } = useTranslation('settings', { keyPrefix: 'audit.by' });
  return {
    action(action) {
      const found: unknown = i18n.getResource(i18n.language, 'auditActions', action);
      return typeof found === 'string' ? found : action;
    },
    kind: (kind) =>
      kind === 'person' || kind === 'token' || kind === 'schedule' || kind === 'command_line'
        ? t(kind)
        : kind,
  };
}
