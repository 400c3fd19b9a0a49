import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { query_client } from '../api/query_client.ts';
import { lend_nonce, page_nonce } from './nonce.ts';
import { router } from './router.ts';
import { css_variables, theme } from './theme.ts';

/** Everything that surrounds the screens. */
export function App() {
  const nonce = page_nonce();
  lend_nonce(nonce);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={css_variables} getStyleNonce={() => nonce}>
      <QueryClientProvider client={query_client}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" />
      </QueryClientProvider>
    </MantineProvider>
  );
}
