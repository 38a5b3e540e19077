import '@patternfly/react-core/dist/styles/base.css';
import './style.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { createQueryClient } from './api/queries';
import { routes } from './app/routes';
import { startTheme } from './app/theme';
import { Toasts } from './part/Toasts';

startTheme();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <Toasts>
        <RouterProvider router={createBrowserRouter(routes)} />
      </Toasts>
    </QueryClientProvider>
  </StrictMode>,
);
