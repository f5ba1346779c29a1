'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { setPassword } from '@/app/actions/account';
import { callAction, getJson } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import { addresses } from '@/lib/api/contracts/addresses';

export const sessionKey = ['session'] as const;

/** Who is signed in, and their preferences. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => getJson(addresses.session, { signal }), staleTime: 60_000 });
}

export function useSetPassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ActionInput<'setPassword'>) => callAction(setPassword, input),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionKey }),
  });
}
