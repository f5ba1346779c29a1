import type { ReactNode } from 'react';
import { GenerateShell } from '@/components/generate/generate-shell';

/** What the tabs of the stage share: its name and the links between them. */
export default async function GenerateLayout({ children, params }: { children: ReactNode; params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <GenerateShell projectId={projectId}>{children}</GenerateShell>;
}
