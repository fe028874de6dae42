import '../words/directory-words.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '../parts/page-frame.tsx';
import classes from '../parts/section-links.module.css';
import { useMay } from '../session/session.ts';
import { directorySections } from './directory-sections.ts';

type DirectoryFrameProps = {
  readonly title: string;
  readonly summary: ReactNode;
  readonly actions?: ReactNode;
  readonly width?: 'wide' | 'reading';
  readonly children: ReactNode;
};

/** A page of the directory, with the way to the others above it. A section that one may not see is not offered. */
export function DirectoryFrame({ children, ...frame }: DirectoryFrameProps) {
  const { t } = useTranslation('directory');
  const may = useMay();
  const sections = useRef<HTMLElement>(null);
  useEffect(() => {
    // On narrow screens they are scrolled sideways: the present one is in sight.
    sections.current
      ?.querySelector('[data-status="active"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, []);
  return (
    <PageFrame {...frame}>
      <nav ref={sections} aria-label={t('sections')} className={classes.sections}>
        {directorySections
          .filter(({ needs }) => may(needs))
          .map(({ to, name }) => (
            <Link
              key={to}
              to={to}
              // Filters make no other page of it.
              activeOptions={{ exact: to === '/employees', includeSearch: false }}
              className={classes.section}
            >
              {t(`section.${name}`)}
            </Link>
          ))}
      </nav>
      {children}
    </PageFrame>
  );
}
