import { useTranslation } from 'react-i18next';
import { directorySections } from '../directory/directory-sections.ts';
import { reportGroups } from '../pages/reports/report-list.ts';
import { settingsSections } from '../pages/settings/settings-sections.ts';
import { useMay, useSession } from '../session/session.ts';
import { itemsFor } from '../shell/navigation-items.ts';

export type Place = {
  readonly group: 'pages' | 'reports';
  readonly label: string;
  readonly path: string;
};

/** Every page and report that somebody may see, in their words. */
export function usePlaces(): readonly Place[] {
  const may = useMay();
  const role = useSession()?.role;
  const { t } = useTranslation(['shell', 'directory', 'settings', 'reports']);
  const page = (path: string, label: string): Place => ({ group: 'pages', path, label });
  const reports = may('read attendance') ? reportGroups.flatMap((group) => group.reports) : [];
  return [
    ...itemsFor(may, role).map(({ to, name }) => page(to, t(`shell:${name}`))),
    ...directorySections
      .filter(({ needs }) => may(needs))
      .map(({ to, name }) => page(to, `${t('shell:employees')}: ${t(`directory:section.${name}`)}`)),
    ...settingsSections
      .filter(({ needs }) => may(needs))
      .map(({ to, name }) => page(to, `${t('shell:settings')}: ${t(`settings:${name}`)}`)),
    page('/account', t('shell:account.mine')),
    ...reports.map(({ id }) => ({
      group: 'reports' as const,
      path: `/reports/${id}`,
      label: t(`reports:report.${id}.title`),
    })),
  ];
}

/** Those that have all of the words in their name. */
export function matching(places: readonly Place[], typed: string): readonly Place[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return places.filter(({ label }) => {
    const text = label.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
