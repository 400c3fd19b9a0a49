import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { find_query } from '../api/find.ts';
import { use_rights } from '../api/use_session.ts';
import { Icon } from '../components/icon.tsx';
import { areas } from './navigation.ts';

/** ⌘K: organizations, people, apps and references by what one remembers of them. */
export function Finder() {
  const [typed, set_typed] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const { see_installation } = use_rights();
  const navigate = useNavigate();
  const { data = [], isFetching } = useQuery({
    ...find_query(asked),
    enabled: asked.length > 1 && see_installation,
    placeholderData: keepPreviousData,
  });
  if (!see_installation) return null;
  const screens = areas
    .flatMap(({ places }) => places)
    .filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()))
    .map(
      ({ to, label, icon }): SpotlightActionData => ({
        id: to,
        label,
        leftSection: <Icon name={icon} />,
        onClick: () => void navigate({ to }),
      }),
    );
  const found = (asked.length > 1 ? data : []).map(
    ({ key, label, detail, icon, href }): SpotlightActionData => ({
      id: key,
      label,
      description: detail,
      leftSection: <Icon name={icon} />,
      onClick: () => void navigate({ href: `/console${href}` }),
    }),
  );
  return (
    <Spotlight
      actions={[
        ...(found.length > 0 ? [{ group: 'Found', actions: found }] : []),
        ...(screens.length > 0 ? [{ group: 'Screens', actions: screens }] : []),
      ]}
      query={typed}
      onQueryChange={set_typed}
      // the API has already chosen
      filter={(_query, actions) => actions}
      shortcut={['mod + K', '/']}
      nothingFound={isFetching ? 'Looking …' : 'Nothing found. Try a name, an e-mail address, or the reference of a sign-in.'}
      searchProps={{ placeholder: 'Organization, person, app or reference', 'aria-label': 'Find', leftSection: <Icon name="search" /> }}
      scrollable
      maxHeight={420}
    />
  );
}

export function FindButton() {
  const { see_installation } = use_rights();
  if (!see_installation) return null;
  return (
    <button type="button" className="find" onClick={spotlight.open} aria-label="Find anything, Ctrl+K">
      <Icon name="search" size={16} />
      <span className="only-wide">Find anything</span>
      <kbd className="only-wide">Ctrl K</kbd>
    </button>
  );
}
