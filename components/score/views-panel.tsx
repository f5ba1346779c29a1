'use client';

import { Check, Pencil, Replace, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { SavedView, ViewPage } from '@/lib/api/contracts/views';
import { formatDateTime } from '@/lib/figures/format';
import { ruleOfAddress } from '@/lib/figures/view-address';
import { parseViewState } from '@/lib/figures/view-state';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { controlClass, Field } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useConfirmation } from '../ui/toaster';
import type { ChangeView } from './use-view-state';
import { useRemoveView, useSaveView, useViews, viewPath } from './use-views';

const pageNames: Record<ViewPage, string> = { scores: 'Scores', map: 'Map', review: 'Review', samples: 'Samples' };

export type ViewsPanelProps = {
  projectId: string;
  page: ViewPage;
  /** Where the page keeps its view beside the address, so that one that was changed since can be shown again. */
  onView?: ChangeView;
  close: () => void;
};

/** The saved views of a project, and the field that saves the one on the screen. */
export function ViewsPanel({ projectId, page, onView, close }: ViewsPanelProps) {
  const { data: overview } = useProjectOverview(projectId);
  const { data: views, error, refetch } = useViews(projectId);
  const maySave = overview !== undefined && overview.role !== 'viewer';
  const here = ruleOfAddress(window.location.search);
  return (
    <div className="flex flex-col">
      {maySave ? <SaveForm projectId={projectId} page={page} address={here} /> : <p className="border-b border-line px-4 py-3 text-small text-muted">Inspectors and leads save views; your role is viewer.</p>}
      {error !== null && <ProblemNote className="m-3" error={error} onRetry={() => void refetch()} />}
      {views === undefined && error === null && <Skeleton className="m-3 h-16" />}
      {views?.length === 0 && <p className="px-4 py-3 text-small text-muted">No view is saved yet. Filter, then save what you see under a name.</p>}
      {views !== undefined && views.length > 0 && (
        <ul aria-label="Saved views" className="max-h-80 overflow-y-auto py-1">
          {views.map((view) => (
            <ViewLine key={view.id} projectId={projectId} view={view} here={{ page, address: here }} maySave={maySave} close={close} {...(onView ? { onView } : {})} />
          ))}
        </ul>
      )}
    </div>
  );
}

function SaveForm({ projectId, page, address }: { projectId: string; page: ViewPage; address: string }) {
  const [name, setName] = useState('');
  const save = useSaveView(projectId);
  const confirm = useConfirmation();
  return (
    <form
      className="flex flex-col gap-2 border-b border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === '') return;
        save.mutate({ viewId: null, name, page, address }, { onSuccess: (view) => { setName(''); confirm(`View “${view.name}” saved`); } });
      }}
    >
      <Field label="Save this view">
        {(control) => <input {...control} value={name} maxLength={80} autoComplete="off" placeholder="Name" onChange={(event) => setName(event.target.value)} className={controlClass} />}
      </Field>
      {save.error !== null && <ProblemNote error={save.error} />}
      <Button type="submit" size="sm" variant="primary" className="self-end" disabled={name.trim() === ''} busy={save.isPending}>
        Save
      </Button>
    </form>
  );
}

type ViewLineProps = { projectId: string; view: SavedView; here: { page: ViewPage; address: string }; maySave: boolean; onView?: ChangeView; close: () => void };

function ViewLine({ projectId, view, here, maySave, onView, close }: ViewLineProps) {
  const router = useRouter();
  const save = useSaveView(projectId);
  const remove = useRemoveView(projectId);
  const confirm = useConfirmation();
  const [name, setName] = useState<string | null>(null);
  const shown = view.page === here.page && view.address === here.address;
  const { name: kept, page, address } = view;
  const change = (change: { name?: string; page?: ViewPage; address?: string }, words: string) =>
    save.mutate(
      { viewId: view.id, name: kept, page, address, ...change },
      { onSuccess: () => { setName(null); confirm(words, { label: 'Undo', onAction: () => save.mutate({ viewId: view.id, name: kept, page, address }) }); } },
    );
  const erase = () =>
    remove.mutate(view.id, { onSuccess: () => confirm(`View “${kept}” removed`, { label: 'Undo', onAction: () => save.mutate({ viewId: null, name: kept, page, address }) }) });
  const error = save.error ?? remove.error;
  return (
    <li className="px-2">
      <div className="flex items-center gap-1">
        {name === null ? (
          <button
            type="button"
            aria-current={shown || undefined}
            onClick={() => {
              close();
              if (page === here.page) onView?.(parseViewState(new URLSearchParams(address)));
              router.push(viewPath(projectId, view));
            }}
            className="flex min-w-0 flex-1 flex-col rounded-md px-2 py-1 text-left hover:bg-hover"
          >
            <span className="flex items-center gap-1 font-medium">
              <span className="truncate">{kept}</span>
              {shown && <Check aria-hidden className="size-3.5 shrink-0" />}
            </span>
            <span className="truncate text-small text-muted">
              {pageNames[page]}, {view.createdBy ?? 'a former member'}, {formatDateTime(view.updatedAt)}
            </span>
          </button>
        ) : (
          <form className="flex-1 py-1" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') change({ name }, `View renamed to “${name.trim()}”`); }}>
            <input aria-label={`New name of ${kept}`} autoFocus value={name} maxLength={80} onChange={(event) => setName(event.target.value)} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setName(null); } }} className={controlClass} />
          </form>
        )}
        {maySave && (
          <>
            <IconButton size="sm" icon={Pencil} label={`Rename ${kept}`} onClick={() => setName(name === null ? kept : null)} />
            <IconButton size="sm" icon={Replace} label={`Replace the filter of ${kept} by what is shown`} disabled={shown} onClick={() => change(here, `View “${kept}” replaced`)} />
            <IconButton size="sm" icon={Trash2} label={`Remove ${kept}`} onClick={erase} />
          </>
        )}
      </div>
      {error !== null && <ProblemNote className="my-1" error={error} />}
    </li>
  );
}
