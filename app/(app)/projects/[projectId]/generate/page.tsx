import type { Metadata } from 'next';
import { GenerateScreen } from '@/components/generate/generate-screen';

export const metadata: Metadata = { title: 'Generate' };

export default async function GeneratePage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <GenerateScreen key={projectId} projectId={projectId} />;
}
