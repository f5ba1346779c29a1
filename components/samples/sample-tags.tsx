'use client';

import { Plus, Tag, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useProjectOverview } from '../projects/use-projects';
import { IconButton } from '../ui/icon-button';
import { controlBase } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { useTags, useTagSamples } from './use-tags';
import { useSample } from './use-samples';

/** The tags of one sample, to be added to and taken off. */
export function SampleTags({ projectId, sampleId }: { projectId: string; sampleId: string }) {
  const { data: sample } = useSample(projectId, sampleId);
  const { data: overview } = useProjectOverview(projectId);
  const change = useTagSamples(projectId);
  const mayTag = overview !== undefined && overview.role !== 'viewer';
  const target = { ids: [sampleId] };
  const tags = sample?.tags ?? [];
  if (tags.length === 0 && !mayTag) return null;
  return (
    <div className="flex flex-wrap items-center gap-1 text-small" role="group" aria-label="Tags of the sample">
      <Tag aria-hidden className="size-3.5 text-muted" />
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 items-center gap-0.5 rounded-full border border-line bg-sunken pr-1 pl-2">
          {tag}
          {mayTag && (
            <button type="button" aria-label={`Take off the tag ${tag}`} onClick={() => change.mutate({ target, remove: [tag] })} className="rounded-full p-0.5 text-muted hover:bg-hover hover:text-ink">
              <X aria-hidden className="size-3" />
            </button>
          )}
        </span>
      ))}
      {mayTag && <AddTag key={sampleId} projectId={projectId} has={tags} onAdd={(tag) => change.mutate({ target, add: [tag] })} />}
      {change.error !== null && <ProblemNote error={change.error} className="w-full" />}
    </div>
  );
}

function AddTag({ projectId, has, onAdd }: { projectId: string; has: readonly string[]; onAdd: (tag: string) => void }) {
  const [tag, setTag] = useState('');
  const { data } = useTags(projectId);
  const list = useId();
  const wanted = tag.trim();
  return (
    <form
      className="inline-flex items-center gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === '' || has.includes(wanted)) return;
        onAdd(wanted);
        setTag('');
      }}
    >
      <input aria-label="New tag" placeholder="Tag" list={list} value={tag} maxLength={60} autoComplete="off" onChange={(event) => setTag(event.target.value)} className={`${controlBase} h-6 w-24 px-2 text-small max-md:h-9`} />
      <datalist id={list}>{data?.tags.filter((one) => !has.includes(one.tag)).map((one) => <option key={one.tag} value={one.tag} />)}</datalist>
      <IconButton type="submit" size="sm" icon={Plus} label="Add the tag" disabled={wanted === ''} />
    </form>
  );
}
