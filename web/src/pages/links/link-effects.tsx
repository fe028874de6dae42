import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/ask.ts';
import { Notice } from '../../parts/notice.tsx';

type LinkEffectsProps = {
  readonly effects: Answer<'POST /api/v1/connections/:id/links/preview'>['effects'];
};

/** What one link would do to the reports. */
export function LinkEffects({ effects }: LinkEffectsProps) {
  const { t } = useTranslation('links');
  const [effect] = effects;
  if (effect === undefined || effect.to === null) return null;
  const { from, to, days } = effect;
  return (
    <Notice
      tone="info"
      text={
        <>
          {t('effect', { count: days, name: to.name })}
          {from === null ? null : <> {t('effectMoved', { name: from.name })}</>}
        </>
      }
    />
  );
}
