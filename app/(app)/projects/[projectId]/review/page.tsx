import type { Metadata } from 'next';
import { QueueList } from '@/components/review/queues/queue-list';
import { QueueReport } from '@/components/review/queues/queue-report';
import { QueueScreen } from '@/components/review/queues/queue-screen';
import { ReviewScreen } from '@/components/review/review-screen';
import { addressOf, type SearchParams } from '@/components/score/address';

export const metadata: Metadata = { title: 'Review' };

export default async function ReviewPage({ params, searchParams }: { params: Promise<{ projectId: string }>; searchParams: Promise<SearchParams> }) {
  const [{ projectId }, search] = [await params, await searchParams];
  const { queue, report, queues } = search;
  if (typeof queue === 'string') return report === undefined ? <QueueScreen key={queue} projectId={projectId} queueId={queue} /> : <QueueReport projectId={projectId} queueId={queue} />;
  if (queues !== undefined) return <QueueList projectId={projectId} />;
  return <ReviewScreen key={projectId} projectId={projectId} address={addressOf(search)} />;
}
