'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { PlaceChoice, type ImagePlace } from '../private/place-choice';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { InputField } from '../ui/field';
import { fieldError, ProblemNote } from '../ui/problem';
import { useCreateProject } from './use-projects';

/** Asks for name, object and where images stay, makes the project and opens it. */
export function CreateProjectDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="New project" width="sm">
      <CreateProjectForm close={() => onOpenChange(false)} />
    </Dialog>
  );
}

function CreateProjectForm({ close }: { close: () => void }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [objectName, setObjectName] = useState('');
  const [place, setPlace] = useState<ImagePlace>({ isPrivate: false, sendsThumbnails: false });
  const create = useCreateProject();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, objectName, ...place }, { onSuccess: (project) => router.push(`/projects/${project.id}`) });
  };
  const nameError = fieldError(create.error, 'name');
  const objectError = fieldError(create.error, 'objectName');
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <InputField label="Name" required maxLength={80} placeholder="Line 4, bottle necks" value={name} onChange={(event) => setName(event.target.value)} error={nameError} />
      <InputField
        label="Inspected object"
        required
        maxLength={80}
        placeholder="glass bottle"
        hint="What one image shows, in the singular. Prompts of text-based models use this word."
        value={objectName}
        onChange={(event) => setObjectName(event.target.value)}
        error={objectError}
      />
      <PlaceChoice value={place} onChange={setPlace} />
      {create.error !== null && nameError === undefined && objectError === undefined && <ProblemNote error={create.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess}>
          Create project
        </Button>
      </div>
    </form>
  );
}
