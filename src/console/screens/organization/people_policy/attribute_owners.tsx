import { ActionIcon, Autocomplete, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { field_errors, use_change } from '../../../api/use_change.ts';
import { OrderInput } from '../../../components/fields/order_input.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { shared_attributes, source_choices } from './sources.ts';

type Owners = Readonly<Record<string, readonly string[]>>;

interface AttributeOwnersProps {
  readonly organization_id: string;
  readonly owners: Owners;
  readonly save: (patch: Record<string, unknown>) => Promise<unknown>;
  readonly read_only: boolean;
}

/** Single attributes for which another order holds. */
export function AttributeOwners({ organization_id, owners, save, read_only }: AttributeOwnersProps) {
  const [changed, set_changed] = useState<Owners>();
  const [name, set_name] = useState('');
  const now = changed ?? owners;
  const change = use_change({
    run: (to: Owners) => {
      const gone = Object.keys(owners).filter((one) => !(one in to));
      const attributes = { ...to, ...Object.fromEntries(gone.map((one) => [one, null])) };
      return save({ people_policy: { attribute_owners: { attributes } } });
    },
    done: 'Saved.',
    refresh: [['organizations', organization_id]],
    then: () => set_changed(undefined),
  });
  const errors = Object.entries(field_errors(change.error));
  const dirty = changed !== undefined && JSON.stringify(changed) !== JSON.stringify(owners);
  const add = () => {
    const typed = name.trim();
    if (typed === '') return;
    set_changed({ ...now, [shared_attributes.includes(typed) || typed.startsWith('attributes.') ? typed : `attributes.${typed}`]: [] });
    set_name('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(now);
      }}
    >
      <Stack maw="36rem">
        <ProblemAlert error={change.error} />
        {Object.entries(now).map(([attribute, order]) => (
          <Group key={attribute} align="flex-start" wrap="nowrap" gap="sm">
            <div style={{ flex: 1, minInlineSize: 0 }}>
              <OrderInput
                label={attribute}
                choices={source_choices}
                value={order}
                error={errors.find(([path]) => path.endsWith(attribute) || path.includes(`${attribute}.`))?.[1]}
                disabled={read_only}
                on_change={(to) => set_changed({ ...now, [attribute]: to })}
                otherwise="name at least one"
              />
            </div>
            {!read_only && (
              <ActionIcon
                aria-label={`${attribute}: no order of its own`}
                onClick={() => set_changed(Object.fromEntries(Object.entries(now).filter(([one]) => one !== attribute)))}
              >
                <Icon name="trash" size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {Object.keys(now).length === 0 && <Text c="dimmed">None: the same order holds for all of them.</Text>}
        {!read_only && (
          <Group align="flex-end" gap="sm">
            <Autocomplete
              label="Attribute"
              description="One of these, or an attribute of your own"
              data={shared_attributes.filter((one) => !(one in now))}
              value={name}
              onChange={set_name}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
            <Button variant="default" disabled={name.trim() === ''} onClick={add}>
              Add it
            </Button>
          </Group>
        )}
        {!read_only && (
          <Group>
            <Button type="submit" disabled={!dirty || Object.values(now).some((order) => order.length === 0)} loading={change.isPending}>
              Save
            </Button>
            {dirty && (
              <Button variant="default" onClick={() => set_changed(undefined)}>
                Undo changes
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
