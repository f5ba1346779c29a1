import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ToSignIn } from '@/components/account/to-sign-in';
import { AppFrame } from '@/components/frame/app-frame';
import { railCookie } from '@/components/frame/theme';
import { currentSessionInfo } from '@/lib/auth/session';

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await currentSessionInfo(await headers());
  if (session === null) return <ToSignIn />;
  const { name, email, isAdmin } = session.actor;
  const railCollapsed = (await cookies()).get(railCookie)?.value === 'narrow';
  return (
    <AppFrame user={{ name, email, isAdmin, mustSetPassword: session.mustSetPassword }} railCollapsed={railCollapsed}>
      {children}
    </AppFrame>
  );
}
