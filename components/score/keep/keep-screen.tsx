'use client';

import { Page } from '../../ui/page';

/** What of the ranking is worth keeping. */
export function KeepScreen({ projectId }: { projectId: string }) {
  return <Page title="Keep" summary={projectId}>{null}</Page>;
}
