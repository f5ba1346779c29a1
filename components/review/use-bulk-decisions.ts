'use client';

import { useState } from 'react';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { countOf, formatCount } from '@/lib/figures/format';
import { useAnnounce } from '../ui/announcer';
import { useConfirmation } from '../ui/toaster';
import { reasonLabel, verdicts } from '../ui/verdict-mark';
import { useDecisions } from './use-decisions';
import { useUndo } from './use-undo';

type Bulk = { target: BulkTarget; count: number; runId: string | null; onDone?: () => void };

/** One verdict on many samples: sent behind the decisions that are on their way, told with a way back. */
export function useBulkDecisions(projectId: string, { target, count, runId, onDone }: Bulk) {
  const { store } = useDecisions(projectId);
  const confirm = useConfirmation();
  const takeBack = useUndo(store);
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const decide = async (verdict: Verdict, reason: RejectReason | null, overwrite: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const { groupId, decided, left } = await store.decideMany({ target, count, verdict, reason, runId, overwrite });
      const message = outcomeText({ verdict, reason, decided, left });
      if (decided > 0) confirm(message, { label: 'Undo', onAction: () => void takeBack(groupId) }, groupId);
      else confirm(message);
      announce(message);
      onDone?.();
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
    }
  };
  return { decide: (verdict: Verdict, reason: RejectReason | null, overwrite = false) => void decide(verdict, reason, overwrite), busy, error };
}

/** "57 samples rejected (artefact); 3 were decided already and stay." */
export function outcomeText({ verdict, reason, decided, left }: { verdict: Verdict; reason: RejectReason | null; decided: number; left: number }): string {
  const why = reason === null ? '' : ` (${reasonLabel(reason).toLowerCase()})`;
  const done = decided === 0 ? 'Nothing was decided' : `${countOf(decided, 'sample')} ${verdicts[verdict].label.toLowerCase()}${why}`;
  return left === 0 ? done : `${done}; ${formatCount(left)} ${left === 1 ? 'was' : 'were'} decided already and ${left === 1 ? 'stays' : 'stay'}`;
}
