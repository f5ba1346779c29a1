'use client';

import { ChevronDown, Maximize2, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { SampleChange, SampleSelection } from '@/lib/api/contracts/samples';
import { countOf } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { IconButton } from '../ui/icon-button';
import { Menu, MenuItem } from '../ui/menu';
import { ProblemNote } from '../ui/problem';
import { roleOrder, roles } from '../ui/role-mark';
import { useConfirmation } from '../ui/toaster';
import { useChangeSamples, useDeleteSamples } from './use-samples';

type SelectionBarProps = { projectId: string; count: number; selection: SampleSelection; mayEdit: boolean; onOpen: (() => void) | null; onClear: () => void };

/** The verbs for what is selected, each with the count. */
export function SelectionBar({ projectId, count, selection, mayEdit, onOpen, onClear }: SelectionBarProps) {
  const change = useChangeSamples(projectId);
  const remove = useDeleteSamples(projectId);
  const [asking, setAsking] = useState(false);
  const confirm = useConfirmation();
  const samples = countOf(count, 'sample');
  const set = (wanted: SampleChange, words: string) =>
    change.mutate(
      { selection, change: wanted },
      {
        onSuccess: ({ changed }) => {
          confirm(`${countOf(changed, 'sample')} ${changed === 1 ? 'is' : 'are'} ${words} now`);
          onClear();
        },
      },
    );
  const erase = () =>
    remove.mutate(selection, {
      onSuccess: ({ deleted }) => {
        setAsking(false);
        confirm(`${countOf(deleted, 'sample')} deleted`);
        onClear();
      },
    });
  return (
    <div role="region" aria-label="Selection" className="flex flex-wrap items-center gap-2 border-t border-line bg-surface px-6 py-2 max-md:px-4">
      <IconButton icon={X} label="Clear the selection" shortcut="Esc" onClick={onClear} />
      <span className="mr-2 font-medium">{samples} selected</span>
      {onOpen !== null && (
        <Button icon={Maximize2} onClick={onOpen}>
          Open
        </Button>
      )}
      {mayEdit && (
        <>
          <Menu
            side="top"
            trigger={
              <Button busy={change.isPending}>
                Set role of {samples}
                <ChevronDown aria-hidden className="size-4" />
              </Button>
            }
          >
            {roleOrder.map((role) => (
              <MenuItem key={role} onSelect={() => set({ role }, roles[role].label.toLowerCase())}>
                {roles[role].label}
              </MenuItem>
            ))}
          </Menu>
          <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
            Delete
          </Button>
        </>
      )}
      {change.error !== null && <ProblemNote error={change.error} className="w-full" />}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Delete ${samples}?`} action={`Delete ${samples}`} busy={remove.isPending} error={remove.error} onConfirm={erase}>
        <p>Their scores go with them; decisions stay in the history. Feature sets keep the other samples. This cannot be undone.</p>
      </ConfirmDialog>
    </div>
  );
}
