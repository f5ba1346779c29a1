'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { themes } from '../frame/theme';
import { Button } from '../ui/button';
import { InputField } from '../ui/field';
import { Facts, Page, Section } from '../ui/page';
import { fieldError, ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import { KeySection } from './key-section';
import { useChooseTheme } from './use-choose-theme';
import { useSession, useSetPassword } from './use-session';

/** The person's own account: name, password, theme, keys. */
export function AccountScreen() {
  const { data, error, refetch } = useSession();
  const { theme, choose, error: themeError } = useChooseTheme();
  return (
    <Page title="Account" width="text">
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-20" />}
      {data !== undefined && (
        <>
          <Facts
            facts={[
              ['Name', data.user.name],
              ['E-mail', data.user.email],
              ['Rights', data.user.isAdmin ? 'Administrator: everything in every project' : 'By project'],
            ]}
          />
          <Section title="Password" summary={data.hasPassword ? 'You sign in with it on any machine.' : 'You have none yet; you came by a one-time link.'}>
            <PasswordForm key={String(data.hasPassword)} hasPassword={data.hasPassword} email={data.user.email} />
          </Section>
        </>
      )}
      <Section title="Theme">
        <Segmented label="Theme" value={theme} onChange={choose} options={themes} />
        {themeError !== null && <ProblemNote error={themeError} title="Only this browser knows your choice" className="mt-3" />}
      </Section>
      {data !== undefined && <KeySection own={data.preferences.keys} />}
    </Page>
  );
}

function PasswordForm({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useSetPassword();
  const confirm = useConfirmation();
  const router = useRouter();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { newPassword: next, currentPassword: hasPassword ? current : null },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          confirm(hasPassword ? 'Password changed' : 'Password set');
          // The frame may ask for a password on every page; it is told by the server.
          router.refresh();
        },
      },
    );
  };
  const currentError = fieldError(change.error, 'currentPassword');
  const nextError = fieldError(change.error, 'newPassword');
  return (
    <form onSubmit={submit} className="flex max-w-80 flex-col gap-4">
      <input type="text" hidden readOnly autoComplete="username" value={email} />
      {hasPassword && <InputField label="Present password" type="password" autoComplete="current-password" required value={current} error={currentError} onChange={(event) => setCurrent(event.target.value)} />}
      <InputField label="New password" type="password" autoComplete="new-password" required minLength={10} maxLength={200} hint="At least 10 characters." value={next} error={nextError} onChange={(event) => setNext(event.target.value)} />
      {change.error !== null && currentError === undefined && nextError === undefined && <ProblemNote error={change.error} />}
      <Button type="submit" variant="primary" className="self-start" busy={change.isPending}>
        {hasPassword ? 'Change password' : 'Set password'}
      </Button>
    </form>
  );
}
