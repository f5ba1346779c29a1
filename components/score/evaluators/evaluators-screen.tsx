'use client';

import { Page } from '../../ui/page';

/** How the evaluators compare on the same samples. */
export function EvaluatorsScreen({ projectId }: { projectId: string }) {
  return <Page title="Evaluators" summary={projectId}>{null}</Page>;
}
