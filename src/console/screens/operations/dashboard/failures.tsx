import { Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../../api/client.ts';
import { Card } from '../../../components/card.tsx';

/** Why sign-ins failed, and whose: each line opens the list behind it. */
export function Failures({ figures }: { readonly figures: Schemas['SignInFigures'] | undefined }) {
  const { by_reason = [], by_organization = [] } = figures?.failures ?? {};
  const since = figures?.since;
  const time = since === undefined ? {} : { since };
  return (
    <Card order={2} title="Failures" note="Refused and failed sign-ins of this time.">
      {by_reason.length === 0 ? (
        <Text c="dimmed">None.</Text>
      ) : (
        <Stack gap="lg">
          <Bars
            title="By reason"
            rows={by_reason.map(({ code, count }) => ({
              key: code,
              count,
              link: (
                <Link to="/sign-ins" search={{ code, ...time }} className="row-link">
                  {code.replaceAll('_', ' ')}
                </Link>
              ),
            }))}
          />
          <Bars
            title="By organization"
            rows={by_organization.map(({ organization_id, name, count }) => ({
              key: organization_id ?? 'none',
              count,
              link:
                organization_id === null ? (
                  <span>before an organization was known</span>
                ) : (
                  <Link to="/sign-ins" search={{ organization_id, ...time }} className="row-link">
                    {name ?? organization_id}
                  </Link>
                ),
            }))}
          />
        </Stack>
      )}
    </Card>
  );
}

interface Bar {
  readonly key: string;
  readonly count: number;
  readonly link: ReactNode;
}

/** Lines with their figure; the bar behind says nothing that the figure does not. */
function Bars({ title, rows }: { readonly title: string; readonly rows: readonly Bar[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <div>
      <Title order={3} fz="sm" mb={6}>
        {title}
      </Title>
      <ul className="bars">
        {rows.map(({ key, count, link }) => (
          <li key={key}>
            <span className="bar" style={{ inlineSize: `${(count / most) * 100}%` }} aria-hidden="true" />
            {link}
            <strong>{count}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
