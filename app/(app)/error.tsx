'use client';

import { ProblemNote } from '@/components/ui/problem';

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div className="mx-auto max-w-xl px-6 py-12">
      <ProblemNote error={error} title="This page could not be shown" onRetry={reset} />
    </div>
  );
}
