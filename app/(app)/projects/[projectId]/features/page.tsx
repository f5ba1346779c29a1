import type { Metadata } from 'next';
import { FeaturesScreen } from '@/components/features/features-screen';

export const metadata: Metadata = { title: 'Features' };

export default async function FeaturesPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <FeaturesScreen projectId={projectId} />;
}
