import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, languages } from '../words/words.ts';

const schemes = [
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
  ['auto', 'themeAuto'],
] as const;

/** A language is named in itself: whoever looks for it cannot read the others. */
const namesOfLanguages = { en: 'English', hi: 'हिन्दी' } as const;

/** Theme and language; they belong to this browser. */
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
        {schemes.map(([scheme, name]) => (
          <Choice
            key={scheme}
            isChosen={colorScheme === (scheme satisfies MantineColorScheme)}
            onChoose={() => setColorScheme(scheme)}
          >
            {t(name)}
          </Choice>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        {languages.map((language) => (
          <Choice
            key={language}
            isChosen={i18n.language === language}
            onChoose={() => void changeLanguage(language)}
          >
            <span lang={language}>{namesOfLanguages[language]}</span>
          </Choice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type ChoiceProps = {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: React.ReactNode;
};

function Choice({ isChosen, onChoose, children }: ChoiceProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={isChosen}
      rightSection={isChosen ? <IconCheck size={16} aria-hidden="true" /> : null}
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  );
}
