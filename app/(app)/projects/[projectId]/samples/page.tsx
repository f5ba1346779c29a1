import type { Metadata } from 'next';
import { SamplesScreen } from '@/components/samples/samples-screen';

export const metadata: Metadata = { title: 'Samples' };

export default async function SamplesPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <SamplesScreen projectId={projectId} />;
}
