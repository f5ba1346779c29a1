'use client';

import type { DecidingSample, ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { formatPercent } from '@/lib/figures/format';
import { candidateNames } from '@/lib/figures/selection/model-lines';
import { SampleDrawer } from '../../samples/sample-drawer';
import { Section } from '../../ui/page';
import { useUrlState } from '../../ui/use-url-state';
import { SamplePicture } from '../../vector/sample-picture';

/** Samples of a strip: two lines of them on a usual screen. */
const shown = 12;

/** The samples behind the numbers: those the pick gets wrong, and those that candidates see differently. */
export function DecidingPart({ projectId, summary }: { projectId: string; summary: ModelSelectionSummary }) {
  const [params, setUrl] = useUrlState();
  const { wrong, separating } = summary.deciding;
  const names = candidateNames(summary);
  const open = (sampleId: string) => setUrl({ sample: sampleId });
  if (wrong.length + separating.length === 0) return null;
  const step = (by: 1 | -1) => {
    const ids = [...new Set([...wrong.slice(0, shown), ...separating.slice(0, shown)].map(({ sampleId }) => sampleId))];
    const next = ids[(ids.indexOf(params.get('sample') ?? '') + by + ids.length) % ids.length];
    if (next !== undefined) open(next);
  };
  return (
    <Section title="Samples that decide" summary="How far a sample is on its right side: an anomaly above so many of the held-out normals, a normal below so many of the anomalies. These shares average to the AUROC.">
      <div className="flex flex-col gap-4">
        <Strip projectId={projectId} title="Where the pick errs most" samples={wrong.slice(0, shown)} onOpen={open} note={({ place }) => formatPercent(place)} />
        {names.length > 1 && (
          <Strip
            projectId={projectId}
            title="Where candidates differ most"
            samples={separating.slice(0, shown)}
            onOpen={open}
            note={({ least, greatest }) => `${formatPercent(least.place)} to ${formatPercent(greatest.place)}`}
            detail={({ least, greatest }) => `least by ${names[least.candidate]}, most by ${names[greatest.candidate]}`}
          />
        )}
      </div>
      <SampleDrawer projectId={projectId} sampleId={params.get('sample')} onClose={() => setUrl({ sample: null })} onStep={step} />
    </Section>
  );
}

type StripProps = { projectId: string; title: string; samples: readonly DecidingSample[]; onOpen: (sampleId: string) => void; note: (sample: DecidingSample) => string; detail?: (sample: DecidingSample) => string };

const sideWords: Record<DecidingSample['side'], string> = { synthetic: 'synthetic', 'held-out': 'normal' };

function Strip({ projectId, title, samples, onOpen, note, detail }: StripProps) {
  if (samples.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="flex flex-wrap gap-3">
        {samples.map((sample) => (
          <li key={sample.sampleId} className="w-28">
            <button type="button" onClick={() => onOpen(sample.sampleId)} title={detail?.(sample)} className="block w-full rounded-md text-left hover:bg-hover">
              <SamplePicture projectId={projectId} sampleId={sample.sampleId} alt="" lazy className="size-28 rounded-md" />
              <span className="block px-0.5 py-0.5 text-small">
                {sideWords[sample.side]}
                <span className="block text-muted">{note(sample)}</span>
                {detail !== undefined && <span className="sr-only">, {detail(sample)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
