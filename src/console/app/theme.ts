import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  Modal,
  Paper,
  Select,
  Table,
  Tabs,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** The accent of the sign-in pages, from pale to deep. */
const accent: MantineColorsTuple = [
  '#eef1fc',
  '#dbe1f8',
  '#b6c2f0',
  '#8fa1e8',
  '#6f85e1',
  '#526cda',
  '#3454d1',
  '#2c47b4',
  '#253b96',
  '#1c2d73',
];

/** Greys of the sign-in pages: whatever writes with grey 6 or darker can be read on card and page (4.5:1). */
const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f5f6f8',
  '#eceef2',
  '#e4e7ec',
  '#c9ced8',
  '#858c9a',
  '#565d6b',
  '#454b57',
  '#2b303a',
  '#171a20',
];

/** Text, muted, edges, lines, soft, card, page: the dark theme of the sign-in pages. */
const dark: MantineColorsTuple = [
  '#eceef2',
  '#d3d8e0',
  '#a6aebb',
  '#717a8a',
  '#363c48',
  '#252a33',
  '#181b21',
  '#0e1014',
  '#0a0c0f',
  '#060709',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.34,
  colors: { accent, gray, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans Arabic", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { md: '0.5rem', lg: '0.875rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'xl' }, styles: { root: { textTransform: 'none', fontWeight: 550 } } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'lg', p: 'lg' } }),
    Select: Select.extend({ defaultProps: { comboboxProps: { shadow: 'md' } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    TextInput: TextInput.extend({ defaultProps: { autoComplete: 'off' } }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300 } }),
  },
});

export const css_variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--page': '#f5f6f8',
    '--card': '#ffffff',
    '--line': '#e4e7ec',
    '--soft': '#f5f6f8',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#171a20',
    '--mantine-color-dimmed': '#565d6b',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#ad231b',
    '--mantine-color-anchor': '#3454d1',
    '--mantine-color-default-border': '#c9ced8',
    '--mantine-color-green-light-color': '#17603a',
    '--mantine-color-yellow-light-color': '#6b4a00',
    '--mantine-color-red-light-color': '#9a1f18',
    '--mantine-color-gray-light-color': '#454b57',
    '--mantine-color-accent-light-color': '#253b96',
  },
  dark: {
    '--page': '#0e1014',
    '--card': '#181b21',
    '--line': '#2a2f39',
    '--soft': '#20242c',
    '--mantine-color-body': '#181b21',
    '--mantine-color-text': '#eceef2',
    '--mantine-color-dimmed': '#a6aebb',
    '--mantine-color-placeholder': '#8d96a5',
    '--mantine-color-error': '#ffb0a8',
    '--mantine-color-anchor': '#9fb0f2',
    '--mantine-color-default-border': '#363c48',
    '--mantine-color-green-light-color': '#7fdca6',
    '--mantine-color-yellow-light-color': '#f2cc7a',
    '--mantine-color-red-light-color': '#ffb0a8',
    '--mantine-color-gray-light-color': '#c6ccd6',
    '--mantine-color-accent-light-color': '#b6c2f0',
  },
});
