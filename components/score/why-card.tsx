'use client';

import type { Run, Score } from '@/lib/api/contracts/runs';
import type { Sample, VectorFeature } from '@/lib/api/contracts/samples';
import { explainScore, roleWord } from '@/lib/figures/explain-score';
import { formatCount, formatNumber } from '@/lib/figures/format';
import { runTitle } from '@/lib/figures/run-name';
import { comparisonSamples, sphereFigure } from '@/lib/figures/sphere-figure';
import { SampleImage } from '../private/sample-image';
import type { Flip } from '../review/use-flip';
import { ZeroShotLine } from '../samples/zero-shot-line';
import { cn } from '../ui/cn';
import { Facts } from '../ui/page';
import { RoleMark } from '../ui/role-mark';
import { ZoneMark } from '../ui/zone-mark';
import { FeatureTable } from '../vector/feature-table';
import { useIsVector } from '../vector/use-vectors';
import { PlanePicture } from './plane-picture';
import { imageUrl } from './sample-images';
import { SpherePicture } from './sphere-picture';
import { ValueBar } from './value-bar';
import { WhyNeighbours } from './why-neighbours';
import { WhyOthers } from './why-others';
import { WhyParts } from './why-parts';

type WhyCardProps = { projectId: string; score: Score; run: Run; sample: Sample | undefined; /** Right end of the density bar. */ densityMax: number; /** How qualities of this run are written. */ formatQuality: (value: number) => string; /** The score still belongs to the sample before. */ stale: boolean; /** Which neighbour the large image is compared with; absent where there is none. */ flip?: Flip | undefined };

/** Why a sample ranks where it does: the number, its parts, the sphere in words and in a picture, and what it lies near. */
export function WhyCard({ projectId, score, run, sample, densityMax, formatQuality, stale, flip }: WhyCardProps) {
  const { sentences } = explainScore(score, run);
  const sphere = sphereFigure(score);
  const isVector = useIsVector(projectId);
  return (
    <div aria-busy={stale} className={cn('flex flex-col gap-3 p-4', stale && 'opacity-60')}>
      <div className="flex items-end justify-between gap-3">
        <div>
          <p className="text-small text-muted">{run.evaluator === 'EAP' ? 'Quality' : runTitle(run)}</p>
          <p className="text-[32px] leading-9 font-semibold tracking-tight">{formatQuality(score.quality)}</p>
        </div>
        <div className="flex flex-col items-end gap-0.5">
          {score.zone && <ZoneMark zone={score.zone} label />}
          <p className="text-small text-muted">
            rank {formatCount(score.rank)} of {formatCount(score.of)}
          </p>
        </div>
      </div>
      <div className="flex flex-col gap-1">
        {score.spread && <ValueBar label="Quality" value={score.quality} max={1} spread={score.spread} unit />}
        {score.probability !== null && <ValueBar label="p(anomalous)" value={score.probability} max={1} divide={0.5} unit />}
        {score.density !== null && <ValueBar label="Density" value={score.density} max={densityMax} />}
        <WhyParts score={score} run={run} />
        {score.spread && <p className="text-small text-muted">Band: 5 to 95 % over {formatCount(score.spread.subsets)} subsets, resampling spread</p>}
      </div>
      <PlanePicture score={score} densityMax={densityMax} />
      <p className="text-pretty">{sentences[0]}</p>
      {sphere && <SpherePicture figure={sphere} />}
      {sample?.features && <FeatureComparison features={sample.features} score={score} />}
      {isVector === false && <Comparison projectId={projectId} score={score} />}
      <WhyNeighbours key={score.sampleId} projectId={projectId} score={score} flip={flip} />
      <div className="flex flex-col gap-1.5 text-pretty text-muted">
        {sentences.slice(1).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <WhyOthers projectId={projectId} score={score} run={run} />
      {sample && sample.features === null && <ZeroShotLine projectId={projectId} sampleId={sample.id} />}
      {sample && <SampleFacts sample={sample} />}
    </div>
  );
}

/** The sample beside what it lies near, all at one size. */
function Comparison({ projectId, score }: { projectId: string; score: Score }) {
  const neighbours = comparisonSamples(score);
  if (neighbours.length === 0) return null;
  return (
    <section aria-label="Beside its neighbours" className="grid grid-cols-2 gap-2">
      <Picture projectId={projectId} src={imageUrl(projectId, score.sampleId, 'view')} sampleId={score.sampleId} title="this sample" />
      {neighbours.map(({ title, neighbour }) => (
        <Picture key={neighbour.sampleId} projectId={projectId} src={imageUrl(projectId, neighbour.sampleId, 'view')} sampleId={neighbour.sampleId} title={title}>
          <span className="flex items-center gap-1.5">
            <RoleMark role={neighbour.role} />
            <span className="truncate" title={neighbour.fileName}>
              {roleWord(neighbour.role)} {neighbour.fileName}
            </span>
          </span>
          <span className="text-muted">distance {formatNumber(neighbour.distance)}</span>
        </Picture>
      ))}
    </section>
  );
}

/** Where a vector differs from its normals, and what it lies near by name. */
function FeatureComparison({ features, score }: { features: readonly VectorFeature[]; score: Score }) {
  return (
    <section aria-label="Beside its neighbours" className="flex flex-col gap-2">
      <FeatureTable features={features} of="Value" />
      <ul className="flex flex-col gap-1 text-small">
        {comparisonSamples(score).map(({ title, neighbour }) => (
          <li key={neighbour.sampleId} className="flex items-center gap-1.5">
            <RoleMark role={neighbour.role} />
            <span className="min-w-0 flex-1 truncate" title={neighbour.fileName}>
              <span className="text-muted">{title}</span> {neighbour.fileName}
            </span>
            <span className="text-muted">distance {formatNumber(neighbour.distance)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Picture({ projectId, src, sampleId, title, children }: { projectId: string; src: string; sampleId: string; title: string; children?: React.ReactNode }) {
  return (
    <figure className="min-w-0">
      <SampleImage projectId={projectId} src={src} sampleId={sampleId} alt={title} words className="aspect-square w-full rounded-md border border-line bg-sunken object-contain" />
      <figcaption className="mt-1 flex flex-col text-small leading-4">
        <span className="text-muted first-letter:uppercase">{title}</span>
        {children}
      </figcaption>
    </figure>
  );
}

/** What came with the sample: how it was made and what is known of its quality. */
function SampleFacts({ sample }: { sample: Sample }) {
  const facts: (readonly [string, React.ReactNode])[] = [
    ['File', sample.fileName],
    [sample.features === null ? 'Folder' : 'Table', sample.folder || '–'],
  ];
  if (sample.features === null) facts.push(['Size', `${formatCount(sample.width)} × ${formatCount(sample.height)} px`]);
  if (sample.defectType) facts.push(['Defect type', sample.defectType]);
  if (sample.qualityLabel) facts.push(['Known quality', sample.qualityLabel]);
  if (sample.generator) facts.push(['Generator', sample.generator]);
  if (sample.prompt) facts.push(['Prompt', sample.prompt]);
  if (sample.severity !== null) facts.push(['Severity', formatNumber(sample.severity)]);
  return (
    <section aria-label="About the sample" className="border-t border-line pt-3">
      <Facts facts={facts} className="text-small" />
    </section>
  );
}
