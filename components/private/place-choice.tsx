'use client';

import { useId } from 'react';
import { Checkbox } from '../ui/checkbox';
import { cn } from '../ui/cn';
import { usePrivateAvailability } from './use-availability';

export type ImagePlace = { readonly isPrivate: boolean; readonly sendsThumbnails: boolean };

/** Where the images of a new project stay; it cannot be changed later. */
export function PlaceChoice({ value, onChange }: { value: ImagePlace; onChange: (place: ImagePlace) => void }) {
  const ability = usePrivateAvailability();
  const blocked = ability !== null && !ability.available ? ability.why : null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-small font-medium">Where do images stay?</legend>
      <Choice checked={!value.isPrivate} onChoose={() => onChange({ isPrivate: false, sendsThumbnails: false })} label="On the server">
        The server stores and scores them; every member sees them at once.
      </Choice>
      <Choice checked={value.isPrivate} disabled={ability === null || blocked !== null} onChoose={() => onChange({ ...value, isPrivate: true })} label="In the browser (private)">
        No image is ever sent: this browser keeps them and computes. Other members drop the same folder into theirs.
        {blocked !== null && <span className="block text-danger">{blocked}</span>}
      </Choice>
      {value.isPrivate && (
        <div className="flex flex-col gap-1 pl-7">
          <Checkbox checked={value.sendsThumbnails} onChange={(sendsThumbnails) => onChange({ ...value, sendsThumbnails })} label="Let thumbnails of 256 pixels reach the server" />
          <p className="text-small text-muted">Clearing site data removes the images from this browser; the files on your disk are untouched. The choice stands for good.</p>
        </div>
      )}
    </fieldset>
  );
}

type ChoiceProps = { checked: boolean; disabled?: boolean; onChoose: () => void; label: string; children: React.ReactNode };

function Choice({ checked, disabled = false, onChoose, label, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={cn('flex items-start gap-3', disabled && 'text-muted')}>
      <input id={id} type="radio" name="image-place" checked={checked} disabled={disabled} onChange={onChoose} aria-describedby={`${id}-note`} className="mt-1 accent-accent" />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        <p id={`${id}-note`} className="text-small text-muted">
          {children}
        </p>
      </div>
    </div>
  );
}
