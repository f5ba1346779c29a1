'use client';

import { useState } from 'react';
import type { PromptGainDto, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { countOf, formatCount, formatPercent } from '@/lib/figures/format';
import { Button } from '../../ui/button';
import { Section } from '../../ui/page';
import { SamplePicture } from '../../vector/sample-picture';

type ExplainingProps = { projectId: string; summary: PromptSelectionSummary; onOpen: (sampleId: string) => void };

/** Thumbnails shown before all are asked for. */
const atFirst = 12;

/** Why this pair: the anomalies that it moves up among the held-out normals against the default pair, and those that it moves down. */
export function ExplainingPart({ projectId, summary, onOpen }: ExplainingProps) {
  const { gains, losses, gained, lost, pick } = summary;
  if (pick.index === 0) return null;
  return (
    <Section title="Samples that explain the pick" summary="An anomaly’s place is the share of held-out normals that score below it. Gains less losses, over all anomalies, are the difference of the two AUROCs.">
      {gained + lost === 0 ? (
        <p className="text-muted">Both pairs put every anomaly in the same place.</p>
      ) : (
        <div className="flex flex-col gap-4">
          <Strip projectId={projectId} title={`Better than by the default prompt: ${countOf(gained, 'anomaly', 'anomalies')}`} samples={gains} onOpen={onOpen} />
          <Strip projectId={projectId} title={`Worse: ${countOf(lost, 'anomaly', 'anomalies')}`} samples={losses} onOpen={onOpen} />
        </div>
      )}
    </Section>
  );
}

type StripProps = { projectId: string; title: string; samples: readonly PromptGainDto[]; onOpen: (sampleId: string) => void };

function Strip({ projectId, title, samples, onOpen }: StripProps) {
  const [all, setAll] = useState(false);
  if (samples.length === 0) return null;
  const shown = all ? samples : samples.slice(0, atFirst);
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="flex flex-wrap gap-3">
        {shown.map(({ sampleId, chosen, fallback }) => (
          <li key={sampleId} className="w-28">
            <button type="button" onClick={() => onOpen(sampleId)} className="block w-full rounded-md text-left hover:bg-hover">
              <SamplePicture projectId={projectId} sampleId={sampleId} alt="Synthetic anomaly" lazy className="size-28 rounded-md" />
              <span className="block truncate px-0.5 pt-0.5 text-small">
                {formatPercent(fallback)} <span aria-hidden>→</span>
                <span className="sr-only">to</span> {formatPercent(chosen)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {samples.length > shown.length && (
        <Button size="sm" variant="ghost" className="mt-1" onClick={() => setAll(true)}>
          {formatCount(samples.length - shown.length)} more
        </Button>
      )}
    </div>
  );
}
