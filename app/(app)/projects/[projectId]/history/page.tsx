import type { Metadata } from 'next';
import { HistoryScreen } from '@/components/history/history-screen';

export const metadata: Metadata = { title: 'History' };

export default async function HistoryPage({ params }: { params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return <HistoryScreen projectId={projectId} />;
}
