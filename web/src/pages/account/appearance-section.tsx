import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { namesOfLanguages, schemes } from '../../theme/choices.ts';
import { changeLanguage, type Language, languages } from '../../words/words.ts';
import { AccountSection } from './account-section.tsx';

/** Both groups give back one of the values that stand in them. */
export function AppearanceSection() {
  const { t, i18n } = useTranslation('shell');
  const { t: tAccount } = useTranslation('account');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <AccountSection title={tAccount('look')} hint={tAccount('lookHint')}>
      <div>
        <SegmentedControl
          aria-label={t('theme')}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme)}
          data={schemes.map(([scheme, name]) => ({ value: scheme, label: t(name) }))}
        />
      </div>
      <div>
        <SegmentedControl
          aria-label={t('language')}
          value={i18n.language}
          onChange={(language) => void changeLanguage(language as Language)}
          data={languages.map((language) => ({
            value: language,
            label: <span lang={language}>{namesOfLanguages[language]}</span>,
          }))}
        />
      </div>
    </AccountSection>
  );
}
