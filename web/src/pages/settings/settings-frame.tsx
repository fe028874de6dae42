import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '../../parts/page-frame.tsx';
import classes from '../../parts/section-links.module.css';
import { useMay } from '../../session/session.ts';
import { settingsSections } from './settings-sections.ts';

type SettingsFrameProps = {
  readonly title: string;
  readonly summary: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** A page of the settings, with the way to the others above it. A section that one may not see is not offered. */
export function SettingsFrame({ title, summary, actions, children }: SettingsFrameProps) {
  const { t } = useTranslation('settings');
  const may = useMay();
  return (
    <PageFrame title={title} summary={summary} actions={actions}>
      <nav aria-label={t('sections')} className={classes.sections}>
        {settingsSections
          .filter(({ needs }) => may(needs))
          .map(({ to, name }) => (
            <Link key={to} to={to} className={classes.section}>
              {t(name)}
            </Link>
          ))}
      </nav>
      {children}
    </PageFrame>
  );
}
