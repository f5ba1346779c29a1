'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { InputField } from '../ui/field';
import { fieldError, ProblemNote } from '../ui/problem';
import type { NewLink } from './sign-in-link-dialog';
import { useUserActions } from './use-members';

/** Makes an account and hands its one-time link on. */
export function CreateUserForm({ onMade }: { onMade: (made: NewLink) => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [isAdmin, setIsAdmin] = useState(false);
  const { create } = useUserActions();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name, email: email.trim(), isAdmin },
      {
        onSuccess: ({ user, signInLink }) => {
          onMade({ name: user.name, link: signInLink });
          setName('');
          setEmail('');
          setIsAdmin(false);
        },
      },
    );
  };
  const nameError = fieldError(create.error, 'name');
  const emailError = fieldError(create.error, 'email');
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="grid gap-3 md:grid-cols-2">
        <InputField label="Name" required maxLength={80} value={name} error={nameError} onChange={(event) => setName(event.target.value)} />
        <InputField label="E-mail" type="email" required value={email} error={emailError} onChange={(event) => setEmail(event.target.value)} />
      </div>
      <Checkbox checked={isAdmin} onChange={setIsAdmin} label="Administrator: may do everything in every project" />
      {create.error !== null && nameError === undefined && emailError === undefined && <ProblemNote error={create.error} />}
      <Button type="submit" variant="primary" className="self-start" busy={create.isPending}>
        Create account
      </Button>
    </form>
  );
}
