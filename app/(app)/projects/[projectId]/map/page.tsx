import type { Metadata } from 'next';
import { MapScreen } from '@/components/map/map-screen';
import { addressOf, type SearchParams } from '@/components/score/address';

export const metadata: Metadata = { title: 'Map' };

export default async function MapPage({ params, searchParams }: { params: Promise<{ projectId: string }>; searchParams: Promise<SearchParams> }) {
  const { projectId } = await params;
  return <MapScreen key={projectId} projectId={projectId} address={addressOf(await searchParams)} />;
}
