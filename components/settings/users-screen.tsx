'use client';

import { Link2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { User } from '@/lib/api/contracts/projects';
import { formatDate } from '@/lib/figures/format';
import { useSession } from '../account/use-session';
import { Checkbox } from '../ui/checkbox';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { IconButton } from '../ui/icon-button';
import { Page, Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { CreateUserForm } from './create-user-form';
import { SignInLinkDialog, type NewLink } from './sign-in-link-dialog';
import { useUserActions, useUsers } from './use-members';

/** All accounts, for administrators. */
export function UsersScreen() {
  const users = useUsers();
  const ownId = useSession().data?.user.id;
  const [made, setMade] = useState<NewLink | null>(null);
  return (
    <Page title="Users" summary="Accounts of this installation. Which projects they see is set in each project." width="text">
      {users.error !== null && <ProblemNote error={users.error} onRetry={() => void users.refetch()} />}
      {users.data === undefined && users.error === null && <Skeleton className="h-32" />}
      {users.data !== undefined && (
        <>
          <ul className="divide-y divide-line border-y border-line">
            {users.data.map((user) => (
              <UserRow key={user.id} user={user} isSelf={user.id === ownId} onLink={setMade} />
            ))}
          </ul>
          <Section title="New account" summary="You get a one-time link to hand over.">
            <CreateUserForm onMade={setMade} />
          </Section>
        </>
      )}
      <SignInLinkDialog made={made} onClose={() => setMade(null)} />
    </Page>
  );
}

function UserRow({ user, isSelf, onLink }: { user: User; isSelf: boolean; onLink: (made: NewLink) => void }) {
  const { setAdmin, renewLink, remove } = useUserActions();
  const [asking, setAsking] = useState(false);
  const failure = setAdmin.error ?? renewLink.error;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
      <span className="min-w-52 flex-1">
        <span className="font-medium">{user.name}</span>
        {isSelf && <span className="ml-2 text-small text-muted">you</span>}
        <span className="block text-small text-muted">{user.email}</span>
      </span>
      <span className="text-small text-muted max-md:hidden">since {formatDate(user.createdAt)}</span>
      <Checkbox checked={user.isAdmin} disabled={isSelf || setAdmin.isPending} onChange={(isAdmin) => setAdmin.mutate({ userId: user.id, isAdmin })} label="Administrator" />
      <span className="flex">
        <IconButton icon={Link2} label={`New one-time link for ${user.name}`} disabled={renewLink.isPending} onClick={() => renewLink.mutate(user.id, { onSuccess: ({ signInLink }) => onLink({ name: user.name, link: signInLink }) })} />
        <IconButton icon={Trash2} label={`Delete the account of ${user.name}`} disabled={isSelf} onClick={() => setAsking(true)} />
      </span>
      {failure !== null && <ProblemNote error={failure} className="w-full" />}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Delete the account of ${user.name}?`} action="Delete the account" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(user.id, { onSuccess: () => setAsking(false) })}>
        <p>Decisions and history keep the name. Projects stay.</p>
      </ConfirmDialog>
    </li>
  );
}
