import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { PrivateProject } from '@/components/private/private-project';
import { idSchema } from '@/lib/api/contracts/common';
import { projectRoleOf } from '@/lib/auth/guard';
import { currentActor } from '@/lib/auth/session';
import { opensPrivate } from '@/lib/services/private-projects';

/** A missing project and a foreign one get the same answer, before any page of it is made. */
export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  const actor = await currentActor(await headers());
  if (!idSchema.safeParse(projectId).success || actor === null || (await projectRoleOf(actor, projectId)) === null) notFound();
  return <PrivateProject isPrivate={await opensPrivate(projectId)}>{children}</PrivateProject>;
}
