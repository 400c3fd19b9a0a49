import { Button, Group, Modal, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../../../components/problem_alert.tsx';
import { type MockPerson, words } from './partner.ts';

interface Props {
  readonly name: string;
  readonly people: readonly MockPerson[];
  readonly save: (people: readonly unknown[]) => Promise<unknown>;
}

/** Who can sign in at a mock partner, and changing that. */
export function People({ name, people, save }: Props) {
  const [editing, set_editing] = useState(false);
  return (
    <div>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h4">
          People
        </Title>
        <Button size="xs" variant="default" onClick={() => set_editing(true)}>
          Change the people
        </Button>
      </Group>
      <div className="scroll" role="region" aria-label={`People of ${name}`} tabIndex={0}>
        <Table className="table">
          <Table.Thead>
            <Table.Tr>
              {['User name', 'Password', 'E-mail', 'Name', 'Groups'].map((title) => (
                <Table.Th key={title} scope="col">
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((person) => (
              <Table.Tr key={words(person.username)}>
                <Table.Th scope="row">{words(person.username)}</Table.Th>
                <Table.Td>
                  <code className="mono">{words(person.password)}</code>
                </Table.Td>
                <Table.Td>{words(person.email)}</Table.Td>
                <Table.Td>{words(person.display_name)}</Table.Td>
                <Table.Td>{words(person.groups)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Modal opened={editing} onClose={() => set_editing(false)} title={`People of ${name}`} size="xl">
        {editing && <Editor people={people} save={save} on_done={() => set_editing(false)} />}
      </Modal>
    </div>
  );
}

function Editor({ people, save, on_done }: Omit<Props, 'name'> & { readonly on_done: () => void }) {
  const [text, set_text] = useState(JSON.stringify(people, null, 2));
  const [problem, set_problem] = useState<unknown>();
  const parsed = read(text);
  const send = async (list: readonly unknown[]): Promise<void> => {
    try {
      await save(list);
      on_done();
    } catch (error) {
      set_problem(error);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed !== undefined) void send(parsed);
      }}
    >
      <Stack>
        <ProblemAlert error={problem} />
        <Textarea
          label="People, as JSON"
          description="username is needed; password, email, display_name, given_name, family_name, groups and attributes may be there."
          value={text}
          onChange={(event) => set_text(event.currentTarget.value)}
          autosize
          minRows={12}
          maxRows={24}
          spellCheck={false}
          error={parsed === undefined ? 'This is not a list in JSON.' : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8125rem' } }}
        />
        <Group justify="flex-end">
          <Text size="sm" c="dimmed">
            Until the mock partner is started again.
          </Text>
          <Button type="submit" disabled={parsed === undefined}>
            Replace
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function read(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
