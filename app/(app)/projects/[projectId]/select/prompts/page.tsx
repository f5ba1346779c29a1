import type { Metadata } from 'next';
import { PromptsScreen } from '@/components/select/prompts/prompts-screen';

export const metadata: Metadata = { title: 'Prompts' };

export default async function SelectPromptsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <PromptsScreen key={projectId} projectId={projectId} />;
}
