import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { namesOfLanguages, schemes } from '../theme/choices.ts';
import { changeLanguage, type Language, languages } from '../words/words.ts';

/** Theme and language; they belong to this browser. Both groups give back one of the values that stand in them. */
export function PreferenceItems() {
  const { t, i18n } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('theme')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      >
        {schemes.map(([scheme, name]) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(name)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Label>{t('language')}</Menu.Label>
      <Menu.RadioGroup
        value={i18n.language}
        onChange={(language) => void changeLanguage(language as Language)}
      >
        {languages.map((language) => (
          <Menu.RadioItem key={language} value={language}>
            <span lang={language}>{namesOfLanguages[language]}</span>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
