'use client';

import { useRef, useState } from 'react';
import type { Generation } from '@/lib/api/contracts/generators';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { describeGenerator } from '@/lib/synthesis/describe';
import { useIsPrivate } from '../private/private-project';
import { useAnnounce } from '../ui/announcer';
import { ProblemNote } from '../ui/problem';
import { useUrlState } from '../ui/use-url-state';
import { BatchesSection } from './batches-section';
import { checkForm, formFromUrl, formOf, formToUrl, type CheckedForm, type GenerateForm } from './generate-form';
import { MakeBar } from './make-bar';
import { NoPreview } from './no-preview';
import { ParameterPane } from './parameter-pane';
import { PreviewPane } from './preview-pane';
import { SeedPane } from './seed-pane';
import { useDiffusionModels, useHeldIds, useStartBatch } from './use-generate';
import { usePreviews } from './use-previews';

type WorkbenchProps = { projectId: string; overview: ProjectOverview; normals: readonly string[] };

/** Seed images, previews and settings of the next batch; below them the batches before. */
export function Workbench({ projectId, overview, normals }: WorkbenchProps) {
  const [params, setUrl] = useUrlState();
  const [form, setForm] = useState<GenerateForm>(() => formFromUrl(params));
  const start = useStartBatch(projectId);
  const isPrivate = useIsPrivate();
  const top = useRef<HTMLElement>(null);
  const announce = useAnnounce();
  const change = (next: GenerateForm) => {
    setForm(next);
    setUrl(formToUrl(next, new URLSearchParams(window.location.search).keys()));
  };
  const checked = checkForm(form, normals);
  const missing = useMissing(projectId, checked.seedIds);
  const { needsNetwork } = describeGenerator(form.generator);
  const blocked = useBlocked(overview, form, missing);
  const { parameters, seed, seedIds } = checked;
  const previews = usePreviews(projectId, parameters === null || seed === null || needsNetwork ? null : { generator: form.generator, parameters, seed }, seedIds);
  const make = (count?: number) => {
    const { input } = count === undefined ? checked : checkForm({ ...form, count: String(count) }, normals);
    if (input !== null) start.mutate(input);
  };
  const use = (batch: Generation) => {
    change(formOf(batch, form));
    announce('The settings of the batch are in the form.');
    top.current?.scrollIntoView({ block: 'nearest' });
    top.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <section
        ref={top}
        tabIndex={-1}
        aria-label="Next batch"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || blocked !== null || start.isPending) return;
          event.preventDefault();
          make();
        }}
        className="grid scroll-mt-4 rounded-md border border-line outline-none lg:grid-cols-[minmax(0,1fr)_18rem] xl:h-[clamp(36rem,calc(100dvh-12.5rem),56rem)] xl:grid-cols-[13rem_minmax(0,1fr)_18rem] xl:grid-rows-[minmax(0,1fr)_auto]"
      >
        <div className="flex min-h-0 flex-col border-line max-xl:border-b lg:max-xl:col-span-2 xl:border-r">
          <SeedPane projectId={projectId} form={form} problems={checked.problems} onForm={change} normals={normals} seedIds={seedIds} missing={missing} />
        </div>
        {needsNetwork ? (
          <NoPreview isPrivate={isPrivate} mayMake={blocked === null && few(checked, form, normals)} busy={start.isPending} onMakeFew={() => make(FEW)} few={FEW} />
        ) : (
          <PreviewPane projectId={projectId} previews={previews} seed={seed} />
        )}
        <div className="min-h-0 overflow-y-auto border-line max-lg:border-t lg:border-l">
          <ParameterPane form={form} problems={checked.problems} onForm={change} />
        </div>
        <div className="col-span-full">
          {start.error !== null && <ProblemNote error={start.error} title="The batch could not be started" className="mx-3 mb-3" />}
          <MakeBar form={form} checked={checked} onForm={change} onMake={() => make()} busy={start.isPending} blocked={blocked} />
        </div>
      </section>
      <BatchesSection projectId={projectId} mayAct={overview.role === 'lead'} onUse={use} />
    </>
  );
}

/** How many of DiffStyle are made to have a look. */
const FEW = 4;

function few(checked: CheckedForm, form: GenerateForm, normals: readonly string[]): boolean {
  return checked.input !== null || checkForm({ ...form, count: String(FEW) }, normals).input !== null;
}

/** How many of the seed images are not in this browser; 0 unless the project is private. */
function useMissing(projectId: string, seedIds: readonly string[]): number {
  const isPrivate = useIsPrivate();
  const { data: held } = useHeldIds(projectId, isPrivate);
  return held === undefined ? 0 : seedIds.filter((id) => !held.has(id)).length;
}

/** Why no batch can be started now, in a sentence; null when one can. */
function useBlocked({ role }: ProjectOverview, { generator }: GenerateForm, missing: number): string | null {
  const isPrivate = useIsPrivate();
  const { needsNetwork } = describeGenerator(generator);
  const { data: networks } = useDiffusionModels(needsNetwork && !isPrivate);
  if (role !== 'lead') return 'A lead of this project can start a batch.';
  if (needsNetwork && isPrivate) return 'DiffStyle runs on the server only.';
  if (needsNetwork && networks?.length === 0) return 'DiffStyle needs a diffusion network.';
  return missing > 0 ? 'Bring the missing seed images into this browser first, on the Samples page.' : null;
}
