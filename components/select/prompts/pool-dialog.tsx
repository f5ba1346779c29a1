'use client';

import { Copy, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Pool } from '@/lib/api/contracts/prompt-selections';
import { countOf } from '@/lib/figures/format';
import { Button } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Dialog } from '../../ui/dialog';
import { IconButton } from '../../ui/icon-button';
import { ImportPool } from './import-pool';
import { PoolEditor, type PoolDraft } from './pool-editor';
import { usePoolChanges } from './use-prompts';

type PoolDialogProps = { projectId: string; pools: readonly Pool[]; /** What `{}` becomes, cleaned. */ objectName: string; onClose: () => void; onChosen: (poolId: string) => void };

/** Pools of prompts: those of the papers to copy, those of this project to change. */
export function PoolDialog({ projectId, pools, objectName, onClose, onChosen }: PoolDialogProps) {
  const [draft, setDraft] = useState<PoolDraft | null>(null);
  const [leaving, setLeaving] = useState<Pool | null>(null);
  const changes = usePoolChanges(projectId);
  const saved = ({ id }: Pool) => {
    onChosen(id);
    setDraft(null);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={draft === null ? 'Pools of prompts' : draft.poolId === null ? 'New pool' : `Change ${draft.name}`}
      description={draft === null ? 'A pool holds pairs of texts, one for a good and one for a defective part. The first pair is the default prompt.' : 'Selections that were made with a pool keep the texts that they were made with.'}
    >
      {draft !== null ? (
        <PoolEditor first={draft} objectName={objectName} busy={changes.save.isPending} error={changes.save.error} onCancel={() => setDraft(null)} onSave={(next) => changes.save.mutate(next, { onSuccess: saved })} />
      ) : (
        <div className="flex flex-col gap-4">
          <ul className="flex flex-col">
            {pools.map((pool) => (
              <PoolLine key={pool.id} pool={pool} onChange={() => setDraft({ poolId: pool.id, name: pool.name, pairs: pool.pairs })} onCopy={() => setDraft({ poolId: null, name: `${pool.name} (copy)`.slice(0, 80), pairs: pool.pairs })} onRemove={() => setLeaving(pool)} />
            ))}
          </ul>
          <div className="flex flex-wrap items-start gap-2">
            <Button icon={Plus} onClick={() => setDraft({ poolId: null, name: '', pairs: [{ normal: '{}', anomalous: 'damaged {}' }] })}>
              New pool
            </Button>
            <ImportPool busy={changes.bring.isPending} error={changes.bring.error} onImport={(pool) => changes.bring.mutate(pool, { onSuccess: saved })} />
          </div>
        </div>
      )}
      {leaving !== null && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setLeaving(null)}
          title={`Remove ${leaving.name}?`}
          action="Remove the pool"
          busy={changes.remove.isPending}
          error={changes.remove.error}
          onConfirm={() => changes.remove.mutate(leaving.id, { onSuccess: () => setLeaving(null) })}
        >
          <p>Its {countOf(leaving.pairs.length, 'pair')} cannot be brought back. Selections that were made with it stay as they are.</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

function PoolLine({ pool, onChange, onCopy, onRemove }: { pool: Pool; onChange: () => void; onCopy: () => void; onRemove: () => void }) {
  const { name, source, pairs, editable } = pool;
  return (
    <li className="flex flex-wrap items-center gap-x-2 border-b border-line py-1.5">
      <span className="min-w-0 flex-1">
        <span className="font-medium">{name}</span> <span className="text-muted">{countOf(pairs.length, 'pair')}</span>
        {source !== null && <span className="block text-small text-muted">{source}</span>}
      </span>
      {editable && <IconButton icon={Pencil} label={`Change ${name}`} onClick={onChange} />}
      <IconButton icon={Copy} label={`Copy ${name} into a new pool`} onClick={onCopy} />
      {editable && <IconButton icon={Trash2} label={`Remove ${name}`} onClick={onRemove} />}
    </li>
  );
}
