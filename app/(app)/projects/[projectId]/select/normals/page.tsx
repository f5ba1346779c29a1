import type { Metadata } from 'next';
import { NormalsScreen } from '@/components/select/normals/normals-screen';

export const metadata: Metadata = { title: 'Normals' };

export default async function SelectNormalsPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <NormalsScreen key={projectId} projectId={projectId} />;
}
