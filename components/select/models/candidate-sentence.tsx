'use client';

import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { selectionDetectorSchema, type SelectionDetector } from '@/lib/api/contracts/selections';
import { countOf } from '@/lib/figures/format';
import { detectorNames } from '@/lib/figures/selection/model-lines';
import { extractorNote, type ExtractorChoice, type SetUpChoice } from '@/lib/figures/selection/set-up';
import { Checkbox } from '../../ui/checkbox';
import { cn } from '../../ui/cn';
import { controlBase } from '../../ui/field';
import { Sentence } from '../inline-controls';

type CandidateSentenceProps = { extractors: readonly ExtractorChoice[]; modelIds: readonly string[]; detectors: readonly SelectionDetector[]; onChange: (part: Partial<SetUpChoice>) => void };
type Opened = 'extractors' | 'detectors' | null;

/** "Compare 6 networks with deep k-NN": both open into lists to tick. Vectors that were given have no network to choose. */
export function CandidateSentence({ extractors, modelIds, detectors, onChange }: CandidateSentenceProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const toggle = (which: Opened) => setOpened((last) => (last === which ? null : which));
  const withDetectors = detectors.length === 1 ? detectorNames[detectors[0]!] : countOf(detectors.length, 'detector');
  return (
    <>
      <Sentence>
        Compare{' '}
        {extractors.length === 0 ? (
          'the vectors as they were given'
        ) : (
          <Opener label="Networks" open={opened === 'extractors'} onToggle={() => toggle('extractors')}>
            {countOf(modelIds.length, 'network')}
          </Opener>
        )}{' '}
        with{' '}
        <Opener label="Detectors" open={opened === 'detectors'} onToggle={() => toggle('detectors')}>
          {withDetectors}
        </Opener>
        .
      </Sentence>
      {opened === 'extractors' && (
        <TickList
          label="Networks"
          items={extractors.map((extractor) => ({ id: extractor.id, name: extractor.name, note: extractorNote(extractor) }))}
          ticked={modelIds}
          onTicked={(next) => onChange({ modelIds: next })}
        />
      )}
      {opened === 'detectors' && <TickList label="Detectors" items={selectionDetectorSchema.options.map((id) => ({ id, name: detectorNames[id], note: id === 'deep-nn' ? 'the paper’s' : '' }))} ticked={detectors} onTicked={(next) => onChange({ detectors: next })} />}
    </>
  );
}

function Opener({ label, open, onToggle, children }: { label: string; open: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-expanded={open} aria-label={`${label}: ${String(children)}`} onClick={onToggle} className={cn(controlBase, 'inline-flex h-7 items-center gap-1 px-2 align-baseline text-small leading-5 max-md:h-9')}>
      {children}
      <ChevronDown aria-hidden className={cn('size-4 text-muted', open && 'rotate-180')} />
    </button>
  );
}

type TickListProps<T extends string> = { label: string; items: readonly { readonly id: T; readonly name: string; readonly note: string }[]; ticked: readonly T[]; onTicked: (ticked: T[]) => void };

function TickList<T extends string>({ label, items, ticked, onTicked }: TickListProps<T>) {
  const all = ticked.length === items.length;
  return (
    <fieldset className="flex max-h-72 flex-col overflow-y-auto rounded-md border border-line px-3 py-1">
      <legend className="sr-only">{label}</legend>
      {items.length > 1 && <Checkbox checked={all ? true : ticked.length > 0 ? 'indeterminate' : false} onChange={(checked) => onTicked(checked ? items.map(({ id }) => id) : [])} label="All" className="min-h-7 border-b border-line" />}
      {items.map(({ id, name, note }) => (
        <Checkbox
          key={id}
          checked={ticked.includes(id)}
          // The order of the list is that of the candidates, whatever was ticked last.
          onChange={(checked) => onTicked(items.map((item) => item.id).filter((one) => (one === id ? checked : ticked.includes(one))))}
          label={
            <>
              {name} {note !== '' && <span className="block text-small text-muted">{note}</span>}
            </>
          }
          className="min-h-7 py-0.5"
        />
      ))}
    </fieldset>
  );
}
