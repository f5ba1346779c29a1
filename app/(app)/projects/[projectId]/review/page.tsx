import type { Metadata } from 'next';
import { ReviewScreen } from '@/components/review/review-screen';
import { addressOf, type SearchParams } from '@/components/score/address';

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({ params, searchParams }: { params: Promise<{ projectId: string }>; searchParams: Promise<SearchParams> }) {
  const { projectId } = await params;
  return <ReviewScreen key={projectId} projectId={projectId} address={addressOf(await searchParams)} />;
}
