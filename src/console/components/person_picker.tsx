import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../api/client.ts';
import { user_query } from '../api/queries.ts';
import { use_page } from '../api/use_page.ts';
import { filter_of } from '../api/filter_of.ts';

interface PersonPickerProps {
  readonly organization_id: string;
  readonly label: string;
  readonly value: string | null;
  readonly on_change: (id: string | null) => void;
  /** Those who are not offered. */
  readonly without?: readonly string[];
  readonly disabled?: boolean;
}

/** Chooses one of however many people of an organization: by the beginning of a name or address. */
export function PersonPicker({ organization_id, label, value, on_change, without = [], disabled = false }: PersonPickerProps) {
  const [typed, set_typed] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const chosen = useQuery({ ...user_query(organization_id, value ?? ''), enabled: value !== null });
  const name_of = ({ display_name, user_name, email }: { display_name: string | null; user_name: string; email: string | null }) =>
    `${display_name ?? user_name} (${email ?? user_name})`;
  const label_of_chosen = chosen.data && name_of(chosen.data.item);
  const asked = q === label_of_chosen ? '' : q;
  const { data } = use_page(
    ['organizations', organization_id, 'users', 'pick', asked],
    () =>
      take(
        api.GET('/organizations/{organization_id}/users', {
          params: { path: { organization_id }, query: { limit: 20, filter: filter_of({ q: asked === '' ? undefined : asked }) } },
        }),
      ),
    !disabled,
  );
  const offered = (data?.data ?? []).filter(({ id }) => !without.includes(id)).map((user) => [user.id, name_of(user)] as const);
  const all = new Map(offered);
  if (value !== null && label_of_chosen !== undefined) all.set(value, label_of_chosen);
  return (
    <Select
      label={label}
      placeholder="Beginning of a name or address"
      searchable
      disabled={disabled}
      searchValue={typed}
      onSearchChange={set_typed}
      filter={({ options }) => options}
      data={[...all].map(([id, text]) => ({ value: id, label: text }))}
      value={value}
      onChange={on_change}
      nothingFoundMessage="Nobody is like that"
    />
  );
}
