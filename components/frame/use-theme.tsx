'use client';

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { keepCookie, themeCookie, type Theme } from './theme';

type ThemeState = { theme: Theme; setTheme: (theme: Theme) => void };

const ThemeContext = createContext<ThemeState>({ theme: 'system', setTheme: () => undefined });

/** Holds the chosen theme. The colours themselves hang on `data-theme` of <html>, which the server wrote. */
export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, setState] = useState(initial);
  const setTheme = useCallback((next: Theme) => {
    setState(next);
    keepCookie(themeCookie, next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  }, []);
  const value = useMemo(() => ({ theme, setTheme }), [theme, setTheme]);
  return <ThemeContext.Provider value={value}>{children}</ThemeContext.Provider>;
}

/** The chosen theme and a function that changes and keeps it. */
export function useTheme(): ThemeState {
  return useContext(ThemeContext);
}
