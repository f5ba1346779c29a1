import type { ReactNode } from 'react';
import { SelectShell } from '@/components/select/select-shell';

/** What the three tabs of the stage share: its name and the links between them. */
export default async function SelectLayout({ children, params }: { children: ReactNode; params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <SelectShell projectId={projectId}>{children}</SelectShell>;
}
