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
    <div role="region" aria-label="Selection" className="relative flex min-w-0 flex-1 items-center gap-2 max-md:gap-1">
      <IconButton icon={X} label="Clear the selection" shortcut="Esc" onClick={onClear} />
      <span className="mr-auto min-w-0 truncate font-medium">{samples} selected</span>
      {onOpen !== null && (
        <Button icon={Maximize2} title="Open" onClick={onOpen}>
          <span className="max-md:sr-only">Open</span>
        </Button>
      )}
      {mayEdit && (
        <>
          <Menu
            side="top"
            trigger={
              <Button busy={change.isPending}>
                Set role <span className="max-md:sr-only">of {samples}</span>
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
          <Button variant="danger" icon={Trash2} title={`Delete ${samples}`} onClick={() => setAsking(true)}>
            <span className="max-md:sr-only">Delete</span>
          </Button>
        </>
      )}
      {change.error !== null && <ProblemNote error={change.error} className="absolute inset-x-0 bottom-full z-20 mb-2 bg-raised shadow-float" />}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Delete ${samples}?`} action={`Delete ${samples}`} busy={remove.isPending} error={remove.error} onConfirm={erase}>
        <p>Their scores go with them; decisions stay in the history. Feature sets keep the other samples. This cannot be undone.</p>
      </ConfirmDialog>
    </div>
  );
}
