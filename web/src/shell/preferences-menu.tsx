import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, type Language, languages } from '../words/words.ts';

const schemes = [
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
  ['auto', 'themeAuto'],
] as const;

/** A language is named in itself: whoever looks for it cannot read the others. */
const namesOfLanguages = { en: 'English', hi: 'हिन्दी' } as const;

/** Theme and language; they belong to this browser. Both groups give back one of the values that stand in them. */
export function PreferencesMenu() {
  const { t, i18n } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${t('theme')}, ${t('language')}`}>
          <IconSettings size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
      </Menu.Dropdown>
    </Menu>
  );
}
