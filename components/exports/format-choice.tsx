import { useId } from 'react';
import type { ExportFormat } from '@/lib/api/contracts/exports';
import { cn } from '../ui/cn';
import { formatWords, whyNot, type FormatWords } from './formats';

type FormatChoiceProps = { value: ExportFormat; onChange: (format: ExportFormat) => void; project: { isPrivate: boolean; kind: 'image' | 'vector' } | undefined };

/** What an export is written as: cards that are one group of radio buttons. */
export function FormatChoice({ value, onChange, project }: FormatChoiceProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-2 text-small font-medium text-muted">Format</legend>
      <div className="grid gap-2 md:grid-cols-2">
        {formatWords.map((words) => (
          <FormatCard key={words.format} words={words} name={name} chosen={words.format === value} refusal={whyNot(words, project)} onChoose={() => onChange(words.format)} />
        ))}
      </div>
    </fieldset>
  );
}

type CardProps = { words: FormatWords; name: string; chosen: boolean; refusal: string | null; onChoose: () => void };

function FormatCard({ words: { format, title, about, icon: Icon }, name, chosen, refusal, onChoose }: CardProps) {
  const aboutId = `${name}-${format}`;
  return (
    <label
      className={cn(
        'flex items-start gap-3 rounded-md border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus',
        chosen ? 'border-accent bg-selected' : 'border-line',
        refusal === null ? 'cursor-pointer hover:border-line-strong' : 'cursor-not-allowed',
      )}
    >
      <input type="radio" name={name} value={format} checked={chosen} disabled={refusal !== null} onChange={onChoose} aria-label={title} aria-describedby={aboutId} className="sr-only" />
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', chosen ? 'text-accent' : 'text-muted')} />
      <span className="min-w-0">
        <span className={cn('block font-medium', refusal !== null && 'text-muted')}>{title}</span>
        <span id={aboutId} className="block text-small text-muted">
          {refusal ?? about}
        </span>
      </span>
    </label>
  );
}
