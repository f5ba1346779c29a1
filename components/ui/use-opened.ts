import { useState } from 'react';

/** Whether something was ever open: what is fetched on demand then stays, so that it can close as it opened. */
export function useOpened(open: boolean): boolean {
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return opened || open;
}
