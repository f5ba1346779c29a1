'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ProblemError } from '@/lib/api/client';
import { Announcer } from '../ui/announcer';
import { Toaster } from '../ui/toaster';
import type { Theme } from './theme';
import { ThemeProvider } from './use-theme';

function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: toSignIn }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refuses it will refuse again; only a lost connection or a server fault is worth another try.
        retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.problem.status < 500),
      },
    },
  });
}

/** A session that ended meanwhile: back to the sign-in page, and here again after it. */
function toSignIn(error: unknown): void {
  if (!(error instanceof ProblemError) || error.problem.code !== 'request.unauthenticated') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

/** Everything that must exist once around all pages. */
export function Providers({ theme, children }: { theme: Theme; children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ThemeProvider initial={theme}>
        <Announcer>
          <Toaster>{children}</Toaster>
        </Announcer>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
