import { Button, Group, Modal, Stack } from '@mantine/core';
import type { QueryKey, UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { field_errors, use_change } from '../../api/use_change.ts';
import { use_rights } from '../../api/use_session.ts';
import { Card } from '../../components/card.tsx';
import { ConfirmDestructive, type Destruction } from '../../components/confirm_destructive.tsx';
import { type Column, DataTable } from '../../components/data_table.tsx';
import { type Field, new_body, patch_body, read_values, type Values } from '../../components/fields/field.ts';
import { FieldList } from '../../components/fields/field_list.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page_head.tsx';
import { ProblemAlert } from '../../components/problem_alert.tsx';

type Body = Record<string, unknown>;

interface EditableListProps<Row extends { readonly id: string }> {
  readonly title: string;
  readonly lead: string;
  readonly noun: string;
  readonly query: UseQueryResult<{ readonly data: readonly Row[]; readonly next: string | null }>;
  readonly refresh: readonly QueryKey[];
  readonly columns: readonly Column<Row>[];
  readonly fields: readonly Field[];
  readonly name_of: (row: Row) => string;
  readonly empty: (action: ReactNode) => ReactNode;
  readonly create: (body: Body) => Promise<unknown>;
  readonly change: (id: string, patch: Body) => Promise<unknown>;
  readonly remove: (id: string) => Promise<unknown>;
  /** What the end of one means. */
  readonly ends: (row: Row) => string;
  readonly after: string | undefined;
  readonly on_page: (after: string | undefined) => void;
}

/** A short list of things with a few settings each, made and changed where they stand. */
export function EditableList<Row extends { readonly id: string }>(props: EditableListProps<Row>) {
  const { title, lead, noun, query, refresh, columns, fields, name_of, empty, create, change, remove, ends, after, on_page } = props;
  const { write_installation } = use_rights();
  const [edited, set_edited] = useState<Row | 'new'>();
  const [destruction, set_destruction] = useState<Destruction>();
  const end = use_change({ run: remove, done: 'Deleted.', refresh });
  const verbs: Column<Row> = {
    title: '',
    end: true,
    cell: (row) => (
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        <Button size="xs" variant="default" onClick={() => set_edited(row)} aria-label={`Change ${name_of(row)}`}>
          Change
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={`Delete ${name_of(row)}`}
          onClick={() =>
            set_destruction({
              ...{ title: `Delete ${name_of(row)}?`, what: ends(row), name: name_of(row), verb: `Delete the ${noun}` },
              run: () => end.mutateAsync(row.id),
            })
          }
        >
          Delete
        </Button>
      </Group>
    ),
  };
  const add = write_installation && (
    <Button leftSection={<Icon name="plus" size={16} />} onClick={() => set_edited('new')}>
      New {noun}
    </Button>
  );
  return (
    <>
      <PageHead title={title} lead={lead} actions={add} />
      <Card flush>
        <DataTable
          label={title}
          columns={write_installation ? [...columns, verbs] : columns}
          query={query}
          row_key={({ id }) => id}
          after={after}
          on_page={on_page}
          empty={empty(add)}
        />
      </Card>
      <Modal
        opened={edited !== undefined}
        onClose={() => set_edited(undefined)}
        title={edited === 'new' ? `New ${noun}` : `Change the ${noun}`}
        size="lg"
      >
        {edited !== undefined && (
          <Form
            fields={fields}
            item={edited === 'new' ? undefined : edited}
            refresh={refresh}
            on_done={() => set_edited(undefined)}
            save={(body) => (edited === 'new' ? create(body) : change(edited.id, body))}
          />
        )}
      </Modal>
      <ConfirmDestructive destruction={destruction} on_close={() => set_destruction(undefined)} />
    </>
  );
}

interface FormProps {
  readonly fields: readonly Field[];
  readonly item: object | undefined;
  readonly refresh: readonly QueryKey[];
  readonly save: (body: Body) => Promise<unknown>;
  readonly on_done: () => void;
}

function Form({ fields, item, refresh, save, on_done }: FormProps) {
  const before = read_values(fields, item ?? {});
  const [values, set_values] = useState<Values>(before);
  const run = use_change({ run: save, done: 'Saved.', refresh, then: on_done });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run.mutate(item === undefined ? new_body(fields, values) : patch_body(fields, before, values));
      }}
    >
      <Stack>
        <ProblemAlert error={run.error} />
        <FieldList
          {...{ fields, values, errors: field_errors(run.error) }}
          on_change={(path, value) => set_values({ ...values, [path]: value })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={run.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
