import { cloneElement, type ReactElement, type SyntheticEvent } from 'react';

type Attributes = Record<string, unknown>;
type Handler = (event: SyntheticEvent) => void;

/** An element with more attributes. Where both handle an event its own handler goes first. */
export function Attributed({ element, ...added }: Attributes & { element: ReactElement<Attributes> }) {
  const merged: Attributes = { ...added };
  for (const [name, handler] of Object.entries(added)) {
    const own = element.props[name];
    if (typeof own !== 'function' || typeof handler !== 'function') continue;
    merged[name] = (event: SyntheticEvent) => {
      (own as Handler)(event);
      (handler as Handler)(event);
    };
  }
  return cloneElement(element, merged);
}
