import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { AppFrame } from '@/components/frame/app-frame';
import { railCookie } from '@/components/frame/theme';
import { currentSessionInfo } from '@/lib/auth/session';

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSessionInfo(await headers());
  if (session === null) redirect('/sign-in');
  const { name, email, isAdmin } = session.actor;
  const railCollapsed = (await cookies()).get(railCookie)?.value === 'narrow';
  return (
    <AppFrame user={{ name, email, isAdmin, mustSetPassword: session.mustSetPassword }} railCollapsed={railCollapsed}>
      {children}
    </AppFrame>
  );
}
