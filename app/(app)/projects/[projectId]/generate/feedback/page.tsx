import type { Metadata } from 'next';
import { FeedbackScreen } from '@/components/generate/feedback/feedback-screen';

export const metadata: Metadata = { title: 'Generator feedback' };

export default async function GeneratorFeedbackPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <FeedbackScreen key={projectId} projectId={projectId} />;
}
