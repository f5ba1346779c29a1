'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { forgetProject } from '@/lib/browser-store/private-images';
import { countOf } from '@/lib/figures/format';
import { useDeleteProject, useProjectOverview, useUpdateProject } from '../projects/use-projects';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { InputField } from '../ui/field';
import { Facts, Page, Section } from '../ui/page';
import { fieldError, ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import { MembersSection } from './members-section';
import { PrivateSection } from './private-section';

/** Name, members and the end of a project. */
export function SettingsScreen({ projectId }: { projectId: string }) {
  const { data, error, refetch } = useProjectOverview(projectId);
  const mayEdit = data?.role === 'lead';
  return (
    <Page title="Settings" width="text" summary={data !== undefined && !mayEdit ? 'Leads of this project change these.' : undefined}>
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-40" />}
      {data !== undefined && (
        <>
          {mayEdit ? <ProjectForm key={`${data.name}|${data.objectName}`} project={data} /> : <Facts facts={[['Name', data.name], ['Inspected object', data.objectName]]} />}
          {data.isPrivate && <PrivateSection project={data} mayEdit={mayEdit} />}
          <MembersSection projectId={projectId} mayEdit={mayEdit} />
          {mayEdit && <DangerZone project={data} />}
        </>
      )}
    </Page>
  );
}

function ProjectForm({ project }: { project: ProjectOverview }) {
  const [name, setName] = useState(project.name);
  const [objectName, setObjectName] = useState(project.objectName);
  const update = useUpdateProject(project.id);
  const confirm = useConfirmation();
  const changed = name.trim() !== project.name || objectName.trim() !== project.objectName;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name, objectName }, { onSuccess: () => confirm('Saved') });
  };
  const nameError = fieldError(update.error, 'name');
  const objectError = fieldError(update.error, 'objectName');
  return (
    <form onSubmit={submit} className="flex max-w-sm flex-col gap-4">
      <InputField label="Name" required maxLength={80} value={name} error={nameError} onChange={(event) => setName(event.target.value)} />
      <InputField label="Inspected object" required maxLength={80} value={objectName} error={objectError} hint="What one image shows, in the singular." onChange={(event) => setObjectName(event.target.value)} />
      {update.error !== null && nameError === undefined && objectError === undefined && <ProblemNote error={update.error} />}
      <Button type="submit" className="self-start" disabled={!changed} busy={update.isPending}>
        Save
      </Button>
    </form>
  );
}

function DangerZone({ project }: { project: ProjectOverview }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useDeleteProject(project.id);
  const confirm = useConfirmation();
  const erase = () =>
    remove.mutate(typed, {
      onSuccess: () => {
        // Those that stay behind (an upload is writing) belong to nothing and are shown to nobody.
        if (project.isPrivate) void forgetProject(project.id).catch(() => undefined);
        router.push('/');
        confirm(`${project.name} is deleted`);
      },
    });
  return (
    <Section title="Delete the project" summary={`Removes ${countOf(project.sampleCount, 'sample')} with features, scores, decisions and exports, for everybody.`}>
      <Button
        variant="danger"
        onClick={() => {
          setTyped('');
          remove.reset();
          setOpen(true);
        }}
      >
        Delete the project
      </Button>
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Delete ${project.name}?`} action="Delete for good" disabled={typed !== project.name} busy={remove.isPending} error={remove.error} onConfirm={erase}>
        <p>This cannot be undone. Type the name of the project to confirm.</p>
        <InputField label="Name of the project" value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} placeholder={project.name} />
      </ConfirmDialog>
    </Section>
  );
}
