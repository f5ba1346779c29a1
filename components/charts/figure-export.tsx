'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { fileStem, toCsv, type CsvCell } from '@/lib/figures/csv';
import { forPrint, printTones, type PlotFigure } from '@/lib/figures/experiments/plots';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { explain } from '../ui/problem';
import { saveBlob } from './download';
import { plotImage } from './plot';
import type { Tones } from './use-tones';

export type CsvTable = { readonly header: readonly string[]; readonly rows: readonly (readonly CsvCell[])[] };

type ExportProps = {
  /** What is exported, for the file name and the button's name: "AUC_QLT per set". */
  name: string;
  csv: () => CsvTable;
  /** Absent for tables, which have no picture. */
  draw?: (tones: Tones) => PlotFigure;
  /** Size of the picture in px. */
  size?: { width: number; height: number };
};

export function saveCsv(name: string, { header, rows }: CsvTable): void {
  saveBlob(new Blob([toCsv(header, rows)], { type: 'text/csv;charset=utf-8' }), `${fileStem(name)}.csv`);
}

/** Saves a figure as SVG, PNG or CSV, a table as CSV. Pictures are drawn dark on white, whatever the theme. */
export function FigureExport({ name, csv, draw, size = { width: 960, height: 540 } }: ExportProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (draw === undefined) {
    return (
      <Button size="sm" icon={Download} onClick={() => saveCsv(name, csv())} aria-label={`${name}: CSV`}>
        CSV
      </Button>
    );
  }
  const save = (format: 'svg' | 'png') => {
    setBusy(true);
    setFailure(null);
    plotImage(forPrint(draw(printTones), name), format, size)
      .then((blob) => saveBlob(blob, `${fileStem(name)}.${format}`))
      .catch((error: unknown) => setFailure(explain(error).detail))
      .finally(() => setBusy(false));
  };
  return (
    <span className="inline-flex items-center gap-2">
      {failure !== null && (
        <span role="alert" className="text-small text-danger">
          {failure}
        </span>
      )}
      <Menu
        align="end"
        trigger={
          <Button size="sm" icon={Download} busy={busy} aria-label={`Export ${name}`}>
            Export
          </Button>
        }
      >
        <MenuItem onSelect={() => save('svg')}>SVG</MenuItem>
        <MenuItem onSelect={() => save('png')}>PNG</MenuItem>
        <MenuItem onSelect={() => saveCsv(name, csv())}>CSV of its data</MenuItem>
      </Menu>
    </span>
  );
}
