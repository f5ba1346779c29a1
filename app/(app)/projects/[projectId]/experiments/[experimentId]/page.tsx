import type { Metadata } from 'next';
import { ExperimentScreen } from '@/components/experiments/experiment-screen';

export const metadata: Metadata = { title: 'Experiment' };

export default async function ExperimentPage({ params }: { params: Promise<{ projectId: string; experimentId: string }> }) {
  const { projectId, experimentId } = await params;
  return <ExperimentScreen key={experimentId} projectId={projectId} experimentId={experimentId} />;
}
