import type { Metadata } from 'next';
import { ModelsScreen } from '@/components/select/models/models-screen';

export const metadata: Metadata = { title: 'Models' };

export default async function SelectModelsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <ModelsScreen key={projectId} projectId={projectId} />;
}
