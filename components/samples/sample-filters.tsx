'use client';

import { LayoutGrid, List, OctagonAlert, Search } from 'lucide-react';
import { useRef } from 'react';
import type { SampleFacets, SampleFilter } from '@/lib/api/contracts/samples';
import { countOf, formatCount } from '@/lib/figures/format';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import { Button } from '../ui/button';
import { Chip } from '../ui/chip';
import { cn } from '../ui/cn';
import { controlBase } from '../ui/field';
import { RoleMark, roleOrder, roles } from '../ui/role-mark';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import type { UrlChange } from '../ui/use-url-state';
import { useTags } from './use-tags';

export type SamplesView = 'grid' | 'list';

type SampleFiltersProps = { projectId: string; facets: SampleFacets; filter: SampleFilter; view: SamplesView; onChange: (change: UrlChange) => void; onProblems: () => void };

const views = [
  { value: 'grid', label: 'Grid', icon: LayoutGrid },
  { value: 'list', label: 'List', icon: List },
] as const;

/** The tags to choose from: the chosen one too where no sample carries it any more. */
function withTag(tags: readonly { tag: string; count: number }[], chosen: string | undefined) {
  return chosen === undefined || tags.some(({ tag }) => tag === chosen) ? tags : [...tags, { tag: chosen, count: 0 }];
}

/** Role chips with counts, defect types, folders, name; grid or list. */
export function SampleFilters({ projectId, facets, filter, view, onChange, onProblems }: SampleFiltersProps) {
  const { data: tags } = useTags(projectId);
  const search = useRef<HTMLInputElement>(null);
  useKeymap({ bindings: useKeyBindings(), painted: true, choosingReason: false, actions: { filter: () => search.current?.focus() } });
  const folders = new Map<string, number>();
  for (const { value, count } of facets.folders) folders.set(value, (folders.get(value) ?? 0) + count);
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Filter">
      <div className="flex gap-2 max-md:w-full max-md:overflow-x-auto">
        <Chip pressed={filter.role === undefined} count={formatCount(facets.total)} onClick={() => onChange({ role: null })}>
          All
        </Chip>
        {roleOrder.map((role) => (
          <Chip key={role} pressed={filter.role === role} count={formatCount(facets.roles[role])} onClick={() => onChange({ role: filter.role === role ? null : role })}>
            <RoleMark role={role} />
            {roles[role].label}
          </Chip>
        ))}
      </div>
      {facets.defectTypes.length > 0 && (
        <Select
          size="sm"
          className="max-w-44 max-md:max-w-32"
          aria-label="Defect type"
          value={filter.defectType ?? ''}
          onChange={(type) => onChange({ type })}
          options={[{ value: '', label: 'All defect types' }, ...facets.defectTypes.map(({ value, count }) => ({ value, label: `${value} (${formatCount(count)})` }))]}
        />
      )}
      {folders.size > 1 && (
        <Select
          size="sm"
          className="max-w-52 max-md:hidden"
          aria-label="Folder"
          value={filter.folder ?? ''}
          onChange={(folder) => onChange({ folder })}
          options={[{ value: '', label: 'All folders' }, ...[...folders].filter(([folder]) => folder !== '').map(([folder, count]) => ({ value: folder, label: `${folder} (${formatCount(count)})` }))]}
        />
      )}
      {tags !== undefined && (tags.tags.length > 0 || filter.tag !== undefined) && (
        <Select
          size="sm"
          className="max-w-44 max-md:max-w-32"
          aria-label="Tag"
          value={filter.tag ?? ''}
          onChange={(tag) => onChange({ tag })}
          options={[{ value: '', label: 'All tags' }, ...withTag(tags.tags, filter.tag).map(({ tag, count }) => ({ value: tag, label: `${tag} (${formatCount(count)})` }))]}
        />
      )}
      <span className="relative max-md:min-w-28 max-md:flex-1">
        <Search aria-hidden className="absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint" />
        <input
          ref={search}
          type="search"
          aria-label="Words in file name, folder, defect type, generator, prompt and tags"
          aria-keyshortcuts="/"
          placeholder="Names, prompts, tags"
          defaultValue={filter.q ?? ''}
          onChange={(event) => onChange({ q: event.target.value })}
          className={cn(controlBase, 'h-7 w-40 pr-2 pl-7 text-small max-md:h-9 max-md:w-full')}
        />
      </span>
      {facets.refusedFiles > 0 && (
        <Button size="sm" variant="ghost" icon={OctagonAlert} className="text-danger!" onClick={onProblems}>
          {countOf(facets.refusedFiles, 'file')} refused
        </Button>
      )}
      <span className="flex-1 max-md:ml-auto max-md:flex-none" />
      <Segmented label="View" iconsOnly value={view} onChange={(next) => onChange({ view: next === 'grid' ? null : next })} options={views} />
    </div>
  );
}
