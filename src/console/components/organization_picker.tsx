import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../api/client.ts';
import { search_query } from '../api/find.ts';
import { organization_query } from '../api/queries.ts';

interface OrganizationPickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly on_change: (id: string | null) => void;
}

/** Chooses one of however many organizations: by the beginning of its name. */
export function OrganizationPicker({ label, value, on_change }: OrganizationPickerProps) {
  const [typed, set_typed] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const first = useQuery({
    queryKey: ['organizations', 'list', 'first'],
    queryFn: () => take(api.GET('/organizations', { params: { query: { limit: 10 } } })),
  });
  const found = useQuery({ ...search_query(asked), enabled: asked.length > 0, placeholderData: keepPreviousData });
  const chosen = useQuery({ ...organization_query(value ?? ''), enabled: value !== null });
  const offered = asked.length > 0 && asked !== chosen.data?.item.name ? (found.data?.organizations ?? []) : (first.data?.data ?? []);
  const all = new Map(offered.map(({ id, name }) => [id, name]));
  if (chosen.data !== undefined) all.set(chosen.data.item.id, chosen.data.item.name);
  return (
    <Select
      label={label}
      placeholder="Beginning of its name"
      searchable
      clearable
      searchValue={typed}
      onSearchChange={set_typed}
      filter={({ options }) => options}
      data={[...all].map(([id, name]) => ({ value: id, label: name }))}
      value={value}
      onChange={on_change}
      nothingFoundMessage="No organization is like that"
    />
  );
}
