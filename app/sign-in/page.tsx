import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { safeNext } from '@/components/account/sign-in';
import { SignInForm } from '@/components/account/sign-in-form';
import { SignInFrame } from '@/components/account/sign-in-frame';
import { currentActor } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { next } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : null);
  if ((await currentActor(await headers())) !== null) redirect(target);
  return (
    <SignInFrame title="Sign in">
      <SignInForm next={target} />
      <div className="flex flex-col gap-2 border-t border-line pt-4 text-small text-muted">
        <p>
          On the machine where Assay runs: the terminal shows a one-time sign-in link at every start. Open it; no password is needed.
        </p>
        <p>Elsewhere: an administrator makes your account and gives you a one-time link. Set a password after it.</p>
      </div>
    </SignInFrame>
  );
}
