'use client';

import { ChevronDown, PackageCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatCount } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useOpened } from '../ui/use-opened';

const ExportDialog = dynamic(() => import('../exports/export-dialog').then((module) => module.ExportDialog));

const onlyLeads = 'Only leads export.';

type ExportButtonProps = {
  projectId: string;
  runId: string | null;
  filter: RankingFilter;
  /** What the filter selects on this screen. */
  count: number;
  /** "accepted", "of this filter". */
  what: string;
  mayExport: boolean;
};

/** Opens the export of what the filter selects; the number on its button is the number in the manifest. */
export function ExportButton({ projectId, runId, filter, count, what, mayExport }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  const opened = useOpened(open);
  const label = `Export ${formatCount(count)} ${what}`;
  return (
    <>
      <Button size="sm" variant="primary" icon={PackageCheck} disabled={count === 0 || !mayExport} title={mayExport ? undefined : onlyLeads} className="max-md:h-9" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {opened && <ExportDialog projectId={projectId} rule={open ? { runId, filter } : null} title={label} what={what} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What an export can be made of. */
export type ExportChoice = Pick<ExportButtonProps, 'filter' | 'count' | 'what'>;

type ExportMenuProps = Pick<ExportButtonProps, 'projectId' | 'runId' | 'mayExport'> & { choices: readonly ExportChoice[] };

/** Several exports behind one button, each with its number; inside a cut bar without much room the button is its icon. */
export function ExportMenu({ projectId, runId, mayExport, choices }: ExportMenuProps) {
  const [chosen, setChosen] = useState<ExportChoice | null>(null);
  const [open, setOpen] = useState(false);
  const opened = useOpened(open);
  const label = (choice: ExportChoice) => `Export ${formatCount(choice.count)} ${choice.what}`;
  const choose = (choice: ExportChoice) => {
    setChosen(choice);
    setOpen(true);
  };
  return (
    <>
      <Menu
        align="end"
        side="top"
        trigger={
          <Button size="sm" variant="primary" icon={PackageCheck} disabled={!mayExport} title={mayExport ? undefined : onlyLeads} className="max-md:h-9">
            <span className="@max-[32rem]/cut:sr-only">Export</span>
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      >
        {choices.map((choice) => (
          <MenuItem key={choice.what} disabled={choice.count === 0} onSelect={() => choose(choice)}>
            {label(choice)}
          </MenuItem>
        ))}
      </Menu>
      {opened && chosen && <ExportDialog projectId={projectId} rule={open ? { runId, filter: chosen.filter } : null} title={label(chosen)} what={chosen.what} onClose={() => setOpen(false)} />}
    </>
  );
}
