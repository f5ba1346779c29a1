import { Fragment } from 'react';
import { Kbd } from '../ui/kbd';

/** The caps of the chords that do one thing, "or" between them. */
export function ChordCaps({ chords }: { chords: readonly (readonly string[])[] }) {
  if (chords.length === 0) return <span className="text-small text-muted">No key</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {chords.map((caps, at) => (
        <Fragment key={caps.join(' ')}>
          {at > 0 && <span className="text-small text-muted">or</span>}
          {caps.map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
