import type { Metadata } from 'next';
import { ExperimentsScreen } from '@/components/experiments/experiments-screen';

export const metadata: Metadata = { title: 'Experiments' };

export default async function ExperimentsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ExperimentsScreen key={projectId} projectId={projectId} />;
}
