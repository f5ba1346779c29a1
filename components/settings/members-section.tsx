'use client';

import { UserMinus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { ProjectRole } from '@/lib/api/contracts/common';
import { Button } from '../ui/button';
import { InputField, Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Section } from '../ui/page';
import { fieldError, ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import { useMembers, useRemoveMember, useSetMember } from './use-members';

const roleOptions: readonly { value: ProjectRole; label: string }[] = [
  { value: 'viewer', label: 'Viewer' },
  { value: 'inspector', label: 'Inspector' },
  { value: 'lead', label: 'Lead' },
];

/** Who may do what in this project. */
export function MembersSection({ projectId, mayEdit }: { projectId: string; mayEdit: boolean }) {
  const { data, error, refetch } = useMembers(projectId);
  const set = useSetMember(projectId);
  const remove = useRemoveMember(projectId);
  const failure = set.variables === undefined || fieldError(set.error, 'email') === undefined ? (set.error ?? remove.error) : remove.error;
  return (
    <Section title="Members" summary="Viewers read. Inspectors also decide. Leads also upload, run, export and manage members. Administrators may do everything.">
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-20" />}
      {data?.length === 0 && <p className="text-muted">Nobody but the administrators sees this project.</p>}
      {data !== undefined && data.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {data.map((member) => (
            <li key={member.userId} className="flex flex-wrap items-center gap-3 py-1.5">
              <span className="min-w-40 flex-1">
                <span className="font-medium">{member.name}</span>
                <span className="ml-3 text-muted">{member.email}</span>
              </span>
              {mayEdit ? (
                <>
                  <Select size="sm" className="w-28" aria-label={`Role of ${member.name}`} value={member.role} options={roleOptions} disabled={set.isPending} onChange={(role) => set.mutate({ email: member.email, role })} />
                  <IconButton icon={UserMinus} label={`Remove ${member.name}`} disabled={remove.isPending} onClick={() => remove.mutate(member.userId)} />
                </>
              ) : (
                <span className="text-muted">{roleOptions.find((option) => option.value === member.role)?.label}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {failure !== null && <ProblemNote error={failure} className="mt-3" />}
      {mayEdit && <AddMember projectId={projectId} />}
    </Section>
  );
}

function AddMember({ projectId }: { projectId: string }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<ProjectRole>('inspector');
  const add = useSetMember(projectId);
  const confirm = useConfirmation();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { email: email.trim(), role },
      {
        onSuccess: () => {
          confirm(`${email.trim()} is a member`);
          setEmail('');
        },
      },
    );
  };
  const emailError = fieldError(add.error, 'email');
  return (
    <form onSubmit={submit} className="mt-3 flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <InputField label="E-mail of an account" type="email" required fieldClassName="min-w-60 flex-1" value={email} error={emailError} onChange={(event) => setEmail(event.target.value)} />
        <Field label="Role">{(control) => <Select {...control} className="w-28" value={role} onChange={setRole} options={roleOptions} />}</Field>
        <Button type="submit" busy={add.isPending} className="mt-5">
          Add member
        </Button>
      </div>
      {add.error !== null && emailError === undefined && <ProblemNote error={add.error} />}
    </form>
  );
}
