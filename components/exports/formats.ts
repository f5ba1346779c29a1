import { FileArchive, FileCode2, FileSpreadsheet, FileText, FolderTree, List, Rows3, Table2, type LucideIcon } from 'lucide-react';
import type { ExportFormat } from '@/lib/api/contracts/exports';

/** A format as people choose it. */
export type FormatWords = {
  readonly format: ExportFormat;
  readonly title: string;
  /** One line: what it is for. */
  readonly about: string;
  readonly icon: LucideIcon;
  /** It holds images or pictures of them. */
  readonly images: boolean;
};

/** All formats, in the order in which they are offered. */
export const formatWords: readonly FormatWords[] = [
  { format: 'folder', title: 'Folder', about: 'Zip for anomalib, in MVTec layout: images, masks, manifest, CSV', icon: FolderTree, images: true },
  { format: 'report', title: 'Report', about: 'One page to read or print: scores, decisions, methods', icon: FileText, images: true },
  { format: 'csv', title: 'CSV', about: 'A row per sample for a spreadsheet: scores and decisions', icon: FileSpreadsheet, images: false },
  { format: 'parquet', title: 'Parquet', about: 'The same rows, typed, for pandas, Polars and DuckDB', icon: Table2, images: false },
  { format: 'jsonl', title: 'JSON lines', about: 'The same rows for scripts, one object a line', icon: FileCode2, images: false },
  { format: 'coco', title: 'COCO', about: 'Zip of images and annotations.json, with masks as RLE', icon: FileArchive, images: true },
  { format: 'fiftyone', title: 'FiftyOne', about: 'Zip that loads as a FiftyOneDataset, scores as fields', icon: Rows3, images: true },
  { format: 'list', title: 'File list', about: 'Plain text, the path of each sample on a line', icon: List, images: false },
];

/** How a format is called. */
export function formatTitle(format: ExportFormat): string {
  return formatWords.find((words) => words.format === format)?.title ?? format;
}

type Shown = { isPrivate: boolean; kind: 'image' | 'vector' } | undefined;

/** Why a project cannot be exported in a format; null where it can. */
export function whyNot({ images, format }: FormatWords, project: Shown): string | null {
  if (project === undefined) return null;
  if (project.kind === 'vector') return format === 'coco' || format === 'fiftyone' ? 'Not for feature vectors: there are no images.' : null;
  return project.isPrivate && images && format !== 'folder' ? 'Not for this project: its images stay in browsers.' : null;
}

/** The format that was asked for, or the folder where the project cannot be exported in it. */
export function possibleFormat(asked: ExportFormat, project: Shown): ExportFormat {
  return formatWords.some((words) => words.format === asked && whyNot(words, project) === null) ? asked : 'folder';
}
