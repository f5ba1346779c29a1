'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { PrototypeMethod, PrototypeSummary } from '@/lib/api/contracts/prototypes';
import { countOf, formatUnit } from '@/lib/figures/format';
import { methodNames, methodNotes } from '@/lib/figures/prototypes/words';
import { stagePath } from '../../frame/stages';
import { useSampleRow } from '../../score/use-sample-row';
import { Section } from '../../ui/page';
import { Segmented } from '../../ui/segmented';
import { SamplePicture } from '../../vector/sample-picture';

/** The chosen normals as pictures, by method and number. */
export function ChosenNormals({ projectId, summary }: { projectId: string; summary: PrototypeSummary }) {
  const methods = [...new Set(summary.chosen.map(({ method }) => method))];
  const [method, setMethod] = useState<PrototypeMethod>(methods.includes('evolution') ? 'evolution' : methods[0]!);
  const [size, setSize] = useState(String(summary.sizes.findLast((one) => one <= 10) ?? summary.sizes[0]!));
  const subset = summary.chosen.find((one) => one.method === method && String(one.size) === size);
  if (subset === undefined) return null;
  const judged = subset.test === null ? '' : `. AUROC ${formatUnit(subset.test, 3)} on the rows that judge, ${formatUnit(subset.validation, 3)} on those that choose`;
  return (
    <Section
      title="Chosen normals"
      summary={`${methodNames[method]}: ${methodNotes[method]}${judged}.`}
      actions={
        <div className="flex flex-wrap gap-2">
          {methods.length > 1 && <Segmented label="Method" value={method} onChange={setMethod} options={methods.map((value) => ({ value, label: methodNames[value] }))} />}
          <Segmented label="Number of normals" value={size} onChange={setSize} options={summary.sizes.map((value) => ({ value: String(value), label: String(value) }))} />
        </div>
      }
    >
      <ul aria-label={`${countOf(subset.size, 'normal')} by ${methodNames[method].toLowerCase()}`} className="grid grid-cols-[repeat(auto-fill,minmax(104px,1fr))] gap-2">
        {subset.sampleIds.map((id) => (
          <li key={id}>
            <Chosen projectId={projectId} sampleId={id} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Chosen({ projectId, sampleId }: { projectId: string; sampleId: string }) {
  const { data: row } = useSampleRow(projectId, sampleId);
  return (
    <Link href={`${stagePath(projectId, 'samples')}?sample=${sampleId}`} className="block rounded-md hover:bg-hover">
      <SamplePicture projectId={projectId} sampleId={sampleId} alt="" lazy className="aspect-square w-full rounded-md" />
      <span className="block truncate px-0.5 text-tiny text-muted" title={row?.fileName}>
        {row?.fileName ?? ' '}
      </span>
    </Link>
  );
}
