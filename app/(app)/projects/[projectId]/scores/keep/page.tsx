import type { Metadata } from 'next';
import { KeepScreen } from '@/components/score/keep/keep-screen';

export const metadata: Metadata = { title: 'Keep' };

export default async function KeepPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <KeepScreen key={projectId} projectId={projectId} />;
}
