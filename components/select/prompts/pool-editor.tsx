'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { checkPromptPairs, fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptPairDto } from '@/lib/api/contracts/prompt-selections';
import { Button } from '../../ui/button';
import { controlClass, InputField } from '../../ui/field';
import { IconButton } from '../../ui/icon-button';
import { ProblemNote } from '../../ui/problem';

export type PoolDraft = { readonly poolId: string | null; readonly name: string; readonly pairs: readonly PromptPairDto[] };

type PoolEditorProps = { first: PoolDraft; objectName: string; busy: boolean; error: Error | null; onCancel: () => void; onSave: (draft: { poolId: string | null; name: string; pairs: PromptPairDto[] }) => void };

/** Name and pairs of a pool as text fields. What is wrong is said while it is typed. */
export function PoolEditor({ first, objectName, busy, error, onCancel, onSave }: PoolEditorProps) {
  const [name, setName] = useState(first.name);
  const [pairs, setPairs] = useState<readonly PromptPairDto[]>(first.pairs);
  const problem = name.trim() === '' ? 'Give the pool a name.' : problemOf(pairs);
  const change = (at: number, part: Partial<PromptPairDto>) => setPairs((last) => last.map((pair, i) => (i === at ? { ...pair, ...part } : pair)));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (problem === null) onSave({ poolId: first.poolId, name: name.trim(), pairs: pairs.map(({ normal, anomalous }) => ({ normal, anomalous })) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <InputField label="Name" value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      <div className="flex flex-col gap-1">
        <div aria-hidden className="grid grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,1fr)_2rem] gap-2 text-small text-muted">
          <span />
          <span>Normal text</span>
          <span>Anomalous text</span>
        </div>
        <ol className="flex flex-col gap-1">
          {pairs.map((pair, at) => (
            <PairLine key={at} at={at} pair={pair} onChange={(part) => change(at, part)} onRemove={pairs.length > 1 ? () => setPairs((last) => last.filter((_, i) => i !== at)) : null} />
          ))}
        </ol>
        <Button size="sm" icon={Plus} className="self-start" onClick={() => setPairs((last) => [...last, { normal: '', anomalous: '' }])}>
          Add a pair
        </Button>
      </div>
      <p className="text-small text-muted">
        {'{}'} stands for the name of the object; a text may do without. {pairs[0] !== undefined && problem === null && preview(pairs[0], objectName)}
      </p>
      {problem !== null && (
        <p role="status" className="text-small text-warning">
          {problem}
        </p>
      )}
      {error !== null && <ProblemNote error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={problem !== null}>
          Save the pool
        </Button>
      </div>
    </form>
  );
}

function preview(pair: PromptPairDto, objectName: string): string {
  const { normal, anomalous } = fillPromptPair(pair, objectName);
  return `The first pair reads “${normal}” against “${anomalous}”.`;
}

function problemOf(pairs: readonly PromptPairDto[]): string | null {
  try {
    checkPromptPairs(pairs.map(({ normal, anomalous }) => ({ normal: normal.trim(), anomalous: anomalous.trim() })));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function PairLine({ at, pair, onChange, onRemove }: { at: number; pair: PromptPairDto; onChange: (part: Partial<PromptPairDto>) => void; onRemove: (() => void) | null }) {
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,1fr)_2rem] items-center gap-2">
      <span className="text-right text-small text-muted">{at + 1}</span>
      <input aria-label={`Normal text of pair ${at + 1}`} value={pair.normal} onChange={(event) => onChange({ normal: event.target.value })} className={controlClass} />
      <input aria-label={`Anomalous text of pair ${at + 1}`} value={pair.anomalous} onChange={(event) => onChange({ anomalous: event.target.value })} className={controlClass} />
      {onRemove !== null && <IconButton icon={Trash2} label={`Remove pair ${at + 1}`} onClick={onRemove} />}
    </li>
  );
}
