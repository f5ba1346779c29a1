'use client';

import { Cpu } from 'lucide-react';
import Link from 'next/link';
import { formatPercent } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { isLive } from './compute-queue';
import { itemShare } from './compute-words';
import { useComputing, useComputingEnds } from './use-compute';

const places = { run: 'scores', map: 'map', batch: 'generate' } as const;

/** Tells on every page of a project that this tab computes for it; leads to where the result will stand. */
export function ComputeIndicator({ projectId }: { projectId: string }) {
  useComputingEnds(projectId);
  const live = useComputing(projectId).filter(isLive);
  const now = live.find(({ phase }) => phase === 'working') ?? live[0];
  if (now === undefined) return null;
  const share = itemShare(now);
  return (
    <Link href={stagePath(projectId, places[now.item.kind])} className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-ink hover:bg-hover max-md:h-10" aria-label={`This browser computes ${now.item.title}`}>
      <Cpu aria-hidden className="size-4 text-accent" />
      <span className="max-md:sr-only">Computing {now.item.title}</span>
      {share !== null && formatPercent(share)}
    </Link>
  );
}
