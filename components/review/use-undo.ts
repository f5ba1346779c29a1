'use client';

import { undoneWords } from '@/lib/figures/undone-words';
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
    const message = undoneWords(undone);
    if (undone.groupId !== null) confirm(message, undefined, undone.groupId);
    announce(message);
    return undone;
  };
}
