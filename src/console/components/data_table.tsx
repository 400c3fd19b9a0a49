import { Button, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem_alert.tsx';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers and times stand at the end. */
  readonly end?: boolean;
}

interface Page<Row> {
  readonly data: readonly Row[];
  readonly next: string | null;
}

interface DataTableProps<Row> {
  /** What the rows are: the name of the table for who listens. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly query: UseQueryResult<Page<Row>>;
  readonly row_key: (row: Row) => string;
  /** When there is no row at all. */
  readonly empty: ReactNode;
  /** Where this page begins; it stands in the address. */
  readonly after?: string | undefined;
  readonly on_page?: (after: string | undefined) => void;
}

/** Rows from the API, page by page: skeletons while they come, and words when there are none. */
export function DataTable<Row>({ label, columns, query, row_key, empty, after, on_page }: DataTableProps<Row>) {
  const { data, error, isPending, isPlaceholderData, refetch } = query;
  if (error !== null && data === undefined)
    return (
      <div className="card-body">
        <ProblemAlert error={error} retry={refetch} />
      </div>
    );
  const rows = data?.data ?? [];
  if (!isPending && rows.length === 0 && after === undefined) return empty;
  return (
    <>
      <div className="scroll" role="region" aria-label={`${label}, table`} tabIndex={0}>
        <Table className="table" aria-busy={isPending || isPlaceholderData}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ title, end }) => (
                <Table.Th key={title} scope="col" ta={end === true ? 'end' : undefined}>
                  {title === '' ? <VisuallyHidden>Actions</VisuallyHidden> : title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {isPending
              ? skeletons(columns.length)
              : rows.map((row) => (
                  <Table.Tr key={row_key(row)} data-leads>
                    {columns.map(({ title, cell, end }) => (
                      <Table.Td key={title} ta={end === true ? 'end' : undefined}>
                        {cell(row)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
          </Table.Tbody>
        </Table>
      </div>
      {on_page !== undefined && (after !== undefined || (data?.next ?? null) !== null) && (
        <Group component="nav" aria-label={`Pages: ${label}`} justify="flex-end" gap="xs" p="sm">
          <Button variant="default" size="xs" disabled={after === undefined} onClick={() => on_page(undefined)}>
            First page
          </Button>
          <Button variant="default" size="xs" disabled={(data?.next ?? null) === null} onClick={() => on_page(data?.next ?? undefined)}>
            Next page
          </Button>
        </Group>
      )}
    </>
  );
}

const skeletons = (width: number): ReactNode =>
  Array.from({ length: 5 }, (_, row) => (
    <Table.Tr key={row}>
      {Array.from({ length: width }, (_cell, column) => (
        <Table.Td key={column}>
          <Skeleton height={14} width={column === 0 ? '70%' : '45%'} my={4} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
