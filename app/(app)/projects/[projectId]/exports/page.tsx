import type { Metadata } from 'next';
import { ExportsScreen } from '@/components/exports/exports-screen';

export const metadata: Metadata = { title: 'Exports' };

export default async function ExportsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ExportsScreen projectId={projectId} />;
}
