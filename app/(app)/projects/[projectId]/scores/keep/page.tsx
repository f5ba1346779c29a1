import type { Metadata } from 'next';
import { addressOf, type SearchParams } from '@/components/score/address';
import { KeepScreen } from '@/components/score/keep/keep-screen';

export const metadata: Metadata = { title: 'Keep' };

export default async function KeepPage({ params, searchParams }: { params: Promise<{ projectId: string }>; searchParams: Promise<SearchParams> }) {
  const { projectId } = await params;
  return <KeepScreen key={projectId} projectId={projectId} address={addressOf(await searchParams)} />;
}
