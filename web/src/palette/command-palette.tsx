import '@mantine/spotlight/styles.layer.css';
import '../words/palette-words.ts';
import { Modal, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../api/question.ts';
import { useZone } from '../api/use-zone.ts';
import { useMay } from '../session/session.ts';
import { now } from '../time/now.ts';
import { useFormats } from '../time/use-formats.ts';
import classes from './command-palette.module.css';
import { matching, usePlaces } from './places.ts';
import { readDate } from './read-date.ts';

const [store, spotlight] = createSpotlight();
const pauseMilliseconds = 150;
const mostPeople = 6;

type CommandPaletteProps = { readonly isOpen: boolean; readonly onClose: () => void };

/** Leads to any page, person, date and report by a few letters. */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('palette');
  const [typed, setTyped] = useState('');
  useEffect(() => (isOpen ? spotlight.open() : spotlight.close()), [isOpen]);
  const { people, isLooking } = usePeople(typed);
  const places = matching(usePlaces(), typed);
  const day = useDay(typed);
  const found = people.map(({ id }) => id).join(' ');
  useEffect(() => markFirst(found !== ''), [found]);
  const isEmpty = day === null && people.length === 0 && places.length === 0;
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={440}
      classNames={{
        action: classes.action,
        actionLabel: classes.label,
        actionDescription: classes.description,
      }}
    >
      {/* Names the dialog for those who do not see it. */}
      <VisuallyHidden>
        <Modal.Title>{t('title')}</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        aria-label={t('title')}
        placeholder={t('hint')}
        maxLength={200}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {day === null ? null : (
          <Spotlight.ActionsGroup label={t('group.day')}>
            <Go to="/daily-attendance" search={{ date: day.date }} label={t('day', { date: day.text })} />
          </Spotlight.ActionsGroup>
        )}
        {people.length === 0 ? null : (
          <Spotlight.ActionsGroup label={t('group.people')}>
            {people.map(({ id, name, about }) => (
              <Go key={id} to={`/employees/${id}`} label={name} description={about} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {(['pages', 'reports'] as const).map((group) => {
          const found = places.filter((place) => place.group === group);
          return found.length === 0 ? null : (
            <Spotlight.ActionsGroup key={group} label={t(`group.${group}`)}>
              {found.map(({ path, label }) => (
                <Go key={path} to={path} label={label} />
              ))}
            </Spotlight.ActionsGroup>
          );
        })}
        {typed.trim().length > 1 && day === null ? (
          <Go
            to="/daily-attendance"
            search={{ q: typed.trim() }}
            label={t('searchDaily', { words: typed.trim() })}
          />
        ) : null}
        {isEmpty ? <Spotlight.Empty>{t(isLooking ? 'looking' : 'nothing')}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/**
 * What Enter leads to. Spotlight marks the first action when something is typed; people are found a moment later, and stand
 * above it then.
 */
function markFirst(hasFound: boolean): void {
  const list = document.getElementById(store.getState().listId);
  if (!hasFound || list === null) return;
  list.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

type GoProps = {
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly label: string;
  readonly description?: string;
};

const noSearch = {};

function Go({ to, search = noSearch, label, description }: GoProps) {
  const navigate = useNavigate();
  return (
    <Spotlight.Action
      label={label}
      {...(description === undefined ? {} : { description })}
      onClick={() => void navigate({ to, search })}
    />
  );
}

function useDay(typed: string): { readonly date: string; readonly text: string } | null {
  const formats = useFormats();
  const today = now()
    .toZonedDateTimeISO(useZone() ?? 'UTC')
    .toPlainDate();
  const date = readDate(typed, today)?.toString();
  return date === undefined ? null : { date, text: formats.date(date) };
}

/** People of the directory, for whoever may read it. */
function usePeople(typed: string) {
  const mayRead = useMay()('read the directory');
  const [words] = useDebouncedValue(typed.trim(), pauseMilliseconds);
  const isAsked = mayRead && words.length > 1;
  const { data, isFetching } = useQuery({
    ...questionOf('GET /api/v1/employees', { query: { search: words, limit: mostPeople } }),
    enabled: isAsked,
  });
  const people = (isAsked && data !== undefined ? data.rows : []).map((person) => ({
    id: person.id,
    name: [person.firstName, person.lastName].filter(Boolean).join(' '),
    about: [person.employeeId, person.team].filter((part) => part !== null && part !== undefined).join(' · '),
  }));
  return { people, isLooking: isAsked && isFetching };
}
