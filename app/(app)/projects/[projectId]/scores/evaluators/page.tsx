import type { Metadata } from 'next';
import { EvaluatorsScreen } from '@/components/score/evaluators/evaluators-screen';

export const metadata: Metadata = { title: 'Evaluators' };

export default async function EvaluatorsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <EvaluatorsScreen key={projectId} projectId={projectId} />;
}
