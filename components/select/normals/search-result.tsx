'use client';

import { useCallback, useMemo, useState } from 'react';
import type { PrototypeSearch, PrototypeSummary } from '@/lib/api/contracts/prototypes';
import { countOf, formatCount, formatDateTime, formatDuration, formatUnit } from '@/lib/figures/format';
import { prototypeCurves, prototypeCurvesCsv, prototypePlot, type JudgedBy, type PrototypeCurves } from '@/lib/figures/prototypes/curves';
import { verdictSentence } from '@/lib/figures/prototypes/verdict';
import { detectorName, fitnessNames, methodNames, rowsSentence } from '@/lib/figures/prototypes/words';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { JobRow } from '../../jobs/job-row';
import { useJob } from '../../jobs/use-jobs';
import { Section } from '../../ui/page';
import { Segmented } from '../../ui/segmented';
import { Skeleton } from '../../ui/skeleton';
import { BeforeAfter } from './before-after';
import { ChosenNormals } from './chosen-normals';
import { CurveLegend } from './curve-legend';
import { LongTail } from './long-tail';

type SearchResultProps = { projectId: string; search: PrototypeSearch; searches: readonly PrototypeSearch[]; mayAct: boolean; onShow: (search: PrototypeSearch) => void };

/** One search: how far it is, or what it found. */
export function SearchResult({ projectId, search, searches, mayAct, onShow }: SearchResultProps) {
  const { summary } = search;
  if (search.state !== 'ready' || summary === null) return <Unfinished projectId={projectId} search={search} mayAct={mayAct} />;
  return (
    <>
      <div>
        <p className="text-lead">{verdictSentence(summary)}</p>
        <p className="text-small text-muted">{madeLine(search, summary)}</p>
      </div>
      {summary.full.test !== null && <Curves summary={summary} />}
      <ChosenNormals projectId={projectId} summary={summary} />
      {search.settings.longTail && summary.rows.validation !== null && <LongTail projectId={projectId} search={search} mayAct={mayAct} />}
      <BeforeAfter searches={searches} shown={search} onShow={onShow} />
    </>
  );
}

function madeLine({ settings, modelName, createdAt, createdBy }: PrototypeSearch, { rows, population, generations, seconds, chosen }: PrototypeSummary): string {
  const evolved = chosen.some(({ method }) => method === 'evolution');
  const parts = [
    `${detectorName(settings.detector)} on ${modelName}`,
    ...(evolved ? [`evolution of ${formatCount(population)} subsets over ${formatCount(generations)} generations for ${fitnessNames[settings.fitness]}`] : []),
    `seed ${settings.seed}`,
    `${formatDateTime(createdAt)}${createdBy === null ? '' : ` by ${createdBy}`}, in ${formatDuration(seconds)}`,
  ];
  const made = `${parts.join('; ')}.`;
  return `${rowsSentence(rows)} ${made.slice(0, 1).toUpperCase()}${made.slice(1)}`;
}

function Unfinished({ projectId, search, mayAct }: { projectId: string; search: PrototypeSearch; mayAct: boolean }) {
  const job = useJob(projectId, search.jobId);
  if (job !== undefined) {
    return (
      <ul className="max-w-xl rounded-md border border-line">
        <JobRow job={job} projectId={projectId} mayAct={mayAct} />
      </ul>
    );
  }
  if (search.state === 'pending') return <Skeleton className="h-16 max-w-xl" />;
  return <p className="text-muted">{search.state === 'failed' ? `This search failed: ${search.error ?? 'nothing is known of the reason'}` : 'This search was cancelled.'}</p>;
}

const judges = [
  { value: 'test', label: 'Rows that judge' },
  { value: 'validation', label: 'Rows that choose' },
] as const;

function Curves({ summary }: { summary: PrototypeSummary }) {
  const [set, setSet] = useState<JudgedBy>('test');
  const curves = useMemo(() => prototypeCurves(summary, set), [summary, set]);
  const draw = useCallback((tones: Tones) => prototypePlot(curves, tones), [curves]);
  const note = set === 'test' ? 'On labelled samples that took no part in the choice.' : 'On the samples that subsets were chosen by: too good to be trusted.';
  return (
    <Section title="AUROC by number of normals" summary={note} actions={<Segmented label="Measured on" value={set} onChange={setSet} options={judges} />}>
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0">
          <CurveLegend curves={curves} />
          <FigurePlot title={set === 'test' ? 'Test AUROC against M' : 'Validation AUROC against M'} description={describe(curves)} draw={draw} csv={() => prototypeCurvesCsv(curves)} height={300} />
        </div>
        <CurveTable curves={curves} />
      </div>
    </Section>
  );
}

function describe({ sizes, methods, full }: PrototypeCurves): string {
  return `Lines. ${methods.map(({ method, values }) => `${methodNames[method]}: ${sizes.map((size, i) => `${formatUnit(values[i], 3)} with ${size}`).join(', ')}`).join('. ')}. All normals: ${formatUnit(full, 3)}.`;
}

function CurveTable({ curves: { sizes, methods, random, full } }: { curves: PrototypeCurves }) {
  const cell = 'px-2 py-1 text-right tabular-nums';
  return (
    <div className="overflow-x-auto" role="region" aria-label="AUROC by method and number of normals" tabIndex={0}>
      <table className="w-full text-small">
        <thead className="text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-2 py-1 text-left font-medium">M</th>
            {sizes.map((size) => (
              <th key={size} scope="col" className={`${cell} font-medium`}>
                {size}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {methods.map(({ method, values }) => (
            <tr key={method}>
              <th scope="row" className="px-2 py-1 text-left font-normal">
                {methodNames[method]}
              </th>
              {values.map((value, i) => (
                <td key={sizes[i]} className={cell}>
                  {formatUnit(value, 3)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
              Random{random[0] == null ? '' : `, ${countOf(random[0].draws, 'draw')}`}
            </th>
            {random.map((one, i) => (
              <td key={sizes[i]} className={`${cell} whitespace-nowrap`}>
                {one === null ? '–' : formatUnit(one.mean, 3)}
                {one !== null && <span className="block text-tiny text-muted">± {formatUnit(one.standardDeviation, 3)}</span>}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row" className="px-2 py-1 text-left font-normal">
              All normals
            </th>
            <td colSpan={sizes.length} className={cell}>
              {formatUnit(full, 3)}
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
