'use client';

import type { Generation } from '@/lib/api/contracts/generators';
import { batchItem } from './batch-item';
import { isForBrowser } from './compute-item';
import { ComputePanel } from './compute-panel';

/** Batches of a private project that this tab makes, or that wait for a browser, the oldest first. Renders nothing without either. */
export function BatchesPanel({ projectId, batches }: { projectId: string; batches: readonly Generation[] | undefined }) {
  return <ComputePanel kind="batch" projectId={projectId} pending={(batches ?? []).filter(isForBrowser).toReversed().map((batch) => batchItem(projectId, batch))} />;
}
