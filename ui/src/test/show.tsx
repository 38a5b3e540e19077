import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { createQueryClient } from '../api/queries';
import type { Session } from '../api/types';
import { routes } from '../app/routes';
import { Toasts } from '../part/Toasts';
import { ADMIN, central } from './server';

/** Shows the whole application at an address, as somebody. */
export function show(address: string, session: Session | null = ADMIN) {
  if (session !== null) central('get', '/session', session);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  render(
    <QueryClientProvider client={client}>
      <Toasts>
        <RouterProvider router={router} />
      </Toasts>
    </QueryClientProvider>,
  );
  return {
    user: userEvent.setup(),
    router,
    address: () => router.state.location.pathname + decodeURIComponent(router.state.location.search.replace(/\+/g, ' ')),
  };
}
