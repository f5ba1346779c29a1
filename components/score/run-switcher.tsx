'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { formatDateTime, formatUnit } from '@/lib/figures/format';
import { runManner, runTitle } from '@/lib/figures/run-name';
import { TopLineSlot } from '../frame/top-line-slot';
import { Menu, MenuChoice, MenuLabel } from '../ui/menu';

/** "LAVA, fast · wavelet-scattering · 22 Nov 2026, 14:05". */
export function runName(run: Run): string {
  return `${runTitle(run)} · ${run.modelName} · ${formatDateTime(run.createdAt)}`;
}

function runLabel(run: Run): string {
  const auc = run.summary?.aucQlt ? ` · AUC ${formatUnit(run.summary.aucQlt.value)}` : '';
  const state = run.state === 'ready' ? '' : ` · ${run.state}`;
  const seed = run.seed === 0 ? '' : ` · seed ${run.seed}`;
  return `${runTitle(run)} · ${run.modelName}${seed} · ${formatDateTime(run.createdAt)}${auc}${state}`;
}

type RunSwitcherProps = { runs: readonly Run[] | undefined; run: Run | null; onRun: (runId: string) => void; children?: ReactNode };

/** Which run every number on the page comes from, and the others; it stands in the top line, with the page's own verbs. */
export function RunSwitcher({ runs, run, onRun, children }: RunSwitcherProps) {
  if (!runs || !run) return null;
  return (
    <TopLineSlot>
      <RunMenu runs={runs} run={run} onRun={onRun} />
      {children}
    </TopLineSlot>
  );
}

function RunMenu({ runs, run, onRun }: { runs: readonly Run[]; run: Run; onRun: (runId: string) => void }) {
  const ready = runs.filter((one) => one.state === 'ready');
  const manner = runManner(run);
  return (
    <Menu
      trigger={
        <button type="button" className="inline-flex h-8 min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover data-[state=open]:bg-pressed" aria-label={`Run: ${runName(run)}`}>
          <span className="truncate">
            <span className="font-medium">{evaluatorName(run.evaluator)}</span>
            {manner.length > 0 && <span className="text-muted">, {manner.join(', ')}</span>}
            <span className="text-muted max-sm:hidden"> · {run.modelName}</span>
            <span className="text-muted max-lg:hidden"> · {formatDateTime(run.createdAt)}</span>
          </span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </button>
      }
    >
      <MenuLabel>Numbers on this page come from</MenuLabel>
      <MenuChoice value={run.id} onChange={onRun} options={ready.map((one) => ({ value: one.id, label: runLabel(one) }))} />
      {run.summary?.runtime !== undefined && <MenuLabel>Computed by a {run.summary.runtime}</MenuLabel>}
    </Menu>
  );
}
