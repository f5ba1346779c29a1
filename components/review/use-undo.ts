'use client';

import { countOf } from '@/lib/figures/format';
import { useAnnounce } from '../ui/announcer';
import { useConfirmation } from '../ui/toaster';
import type { DecisionStore, Undone } from './decision-store';

/**
 * Takes the newest own step back, or that of a group, and says so. What takes many decisions back is also seen: in the place of
 * the confirmation that offered it.
 */
export function useUndo(store: DecisionStore): (groupId?: string) => Undone | null {
  const announce = useAnnounce();
  const confirm = useConfirmation();
  return (groupId) => {
    const undone = store.undo(groupId);
    if (undone === null) {
      announce('Nothing to undo.');
      return null;
    }
    const message = undone.groupId === null ? 'Decision taken back.' : `${countOf(undone.count, 'decision')} taken back.`;
    if (undone.groupId !== null) confirm(message, undefined, undone.groupId);
    announce(message);
    return undone;
  };
}
