import { Stack } from '@mantine/core';
import { Card } from '../card.tsx';
import { type Check, HealthList } from '../health_list.tsx';
import { contrast, readable } from './contrast.ts';

interface PreviewProps {
  readonly name: string;
  readonly accent: string;
  readonly logo: string;
  readonly logo_dark: string;
  readonly contact: string;
}

/** The surfaces of the sign-in pages. */
const looks = {
  light: { word: 'Light', page: '#f5f6f8', card: '#ffffff', text: '#171a20', line: '#e4e7ec' },
  dark: { word: 'Dark', page: '#0e1014', card: '#181b21', text: '#eceef2', line: '#2a2f39' },
} as const;

/** The sign-in page as it will be, in both looks, and what had to be done to the colour. */
export function Preview({ name, accent, logo, logo_dark, contact }: PreviewProps) {
  const colour = contrast(accent, '#ffffff') === undefined ? '#3454d1' : accent;
  return (
    <Stack gap="md">
      <Card title="Preview">
        <Stack gap="sm">
          <Page look="light" picture={logo} {...{ name, colour, contact }} />
          <Page look="dark" picture={logo_dark === '' ? logo : logo_dark} {...{ name, colour, contact }} />
        </Stack>
      </Card>
      <Card title="Contrast" flush>
        <HealthList label="Contrast" checks={[check('light', colour), check('dark', colour)]} />
      </Card>
    </Stack>
  );
}

function check(look: 'light' | 'dark', colour: string): Check {
  const { word, card } = looks[look];
  const fill = readable(colour, card, 3);
  const ratio = (contrast(colour, card) ?? 1).toFixed(1);
  return fill === colour
    ? { key: look, state: 'good', name: `${word}: shown as it is`, detail: `${ratio} to 1 against the card; 3 to 1 is needed.` }
    : {
        key: look,
        state: 'warn',
        name: `${word}: shown as ${fill}`,
        detail: `${ratio} to 1 against the card could not be seen by everybody; it is changed by itself.`,
      };
}

interface PageProps {
  readonly look: 'light' | 'dark';
  readonly name: string;
  readonly colour: string;
  readonly picture: string;
  readonly contact: string;
}

function Page({ look, name, colour, picture, contact }: PageProps) {
  const { page, card, text, line } = looks[look];
  const fill = readable(colour, card, 3);
  const on_fill = (contrast(fill, '#ffffff') ?? 1) >= 4.5 ? '#ffffff' : '#000000';
  return (
    <div
      aria-hidden="true"
      style={{
        background: page,
        color: text,
        borderRadius: '0.75rem',
        border: `1px solid ${line}`,
        padding: '1.25rem 1rem',
        display: 'grid',
        gap: '0.75rem',
        justifyItems: 'center',
        fontSize: '0.875rem',
      }}
    >
      <div style={{ display: 'flex', gap: '0.5rem', alignItems: 'center', fontWeight: 600, maxInlineSize: '100%' }}>
        {picture === '' ? (
          <span
            style={{
              display: 'grid',
              placeItems: 'center',
              inlineSize: '1.75rem',
              blockSize: '1.75rem',
              borderRadius: '0.5rem',
              background: fill,
              color: on_fill,
            }}
          >
            {name.slice(0, 1)}
          </span>
        ) : (
          <img src={picture} alt="" style={{ maxBlockSize: '2rem', maxInlineSize: '9rem' }} />
        )}
        {picture === '' && name}
      </div>
      <div
        style={{
          background: card,
          border: `1px solid ${line}`,
          borderRadius: '0.75rem',
          padding: '1rem',
          inlineSize: '100%',
          maxInlineSize: '16rem',
          display: 'grid',
          gap: '0.625rem',
        }}
      >
        <strong>Sign in</strong>
        <span style={{ border: '1px solid #858c9a', borderRadius: '0.5rem', blockSize: '2rem' }} />
        <span style={{ background: fill, color: on_fill, borderRadius: '0.5rem', padding: '0.4rem', textAlign: 'center', fontWeight: 600 }}>
          Continue
        </span>
        <span style={{ color: readable(colour, card, 4.8), textDecoration: 'underline' }}>{contact === '' ? 'Need help?' : contact}</span>
      </div>
    </div>
  );
}
