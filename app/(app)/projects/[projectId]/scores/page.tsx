import type { Metadata } from 'next';
import { ScoresScreen } from '@/components/score/scores-screen';
import { addressOf, type SearchParams } from '@/components/score/address';

export const metadata: Metadata = { title: 'Scores' };

export default async function ScoresPage({ params, searchParams }: { params: Promise<{ projectId: string }>; searchParams: Promise<SearchParams> }) {
  const { projectId } = await params;
  return <ScoresScreen key={projectId} projectId={projectId} address={addressOf(await searchParams)} />;
}
