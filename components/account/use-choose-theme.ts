'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setPreferences } from '@/app/actions/account';
import { callAction } from '@/lib/api/client';
import { isTheme, themeCookie, type Theme } from '../frame/theme';
import { useTheme } from '../frame/use-theme';
import { useSession } from './use-session';

/**
 * The theme and a function that changes it: at once in this browser, and in the account for the person's other ones.
 * `error` tells why the account could not be changed; this browser keeps the choice all the same.
 */
export function useChooseTheme() {
  const { theme, setTheme } = useTheme();
  const save = useMutation({ mutationFn: (chosen: Theme) => callAction(setPreferences, { theme: chosen }) });
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    save.mutate(chosen);
  };
  return { theme, choose, error: save.error };
}

/** Takes the account's theme over in a browser that has none of its own yet. Mounted once, in the frame. */
export function useAccountTheme(): void {
  const { setTheme } = useTheme();
  const preferred = useSession().data?.preferences.theme;
  useEffect(() => {
    if (isTheme(preferred) && !document.cookie.split('; ').some((cookie) => cookie.startsWith(`${themeCookie}=`))) setTheme(preferred);
  }, [preferred, setTheme]);
}
