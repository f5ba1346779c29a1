'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setPreferences } from '@/app/actions/account';
import { callAction } from '@/lib/api/client';
import type { Session } from '@/lib/api/contracts/projects';
import type { OwnKeys } from '@/lib/figures/key-choice';
import { sessionKey } from './use-session';

const saveKey = ['save-own-keys'] as const;

/**
 * Saves a person's keys. They work at once; when they could not be saved, those of before are back, `error` says why and
 * `retry` tries the same ones again.
 */
export function useSaveKeys() {
  const client = useQueryClient();
  const put = (keys: OwnKeys | undefined) =>
    client.setQueryData<Session>(sessionKey, (session) => session && { ...session, preferences: { ...session.preferences, keys: keys && { ...keys } } });
  const save = useMutation({
    mutationKey: saveKey,
    mutationFn: (keys: OwnKeys) => callAction(setPreferences, { keys: { ...keys } }),
    onMutate: async (keys) => {
      // A session that was asked for before the change would put the old keys back.
      await client.cancelQueries({ queryKey: sessionKey });
      const before = client.getQueryData<Session>(sessionKey)?.preferences.keys;
      put(keys);
      return { before };
    },
    onError: (_error, _keys, context) => put(context?.before),
    onSettled: async () => {
      // Of several quick changes only the last one asks what is saved now.
      if (client.isMutating({ mutationKey: saveKey }) === 1) await client.invalidateQueries({ queryKey: sessionKey });
    },
  });
  const { variables } = save;
  return { save: save.mutate, error: save.error, retry: () => variables && save.mutate(variables) };
}
