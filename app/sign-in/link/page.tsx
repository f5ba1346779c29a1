import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { LinkSignIn } from '@/components/account/link-sign-in';
import { SignInFrame } from '@/components/account/sign-in-frame';

export const metadata: Metadata = { title: 'One-time link', referrer: 'no-referrer' };

export default async function LinkPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') redirect('/sign-in');
  return (
    <SignInFrame title="One-time link">
      <LinkSignIn token={token} />
    </SignInFrame>
  );
}
