import type { ListedFile, ManifestHead } from '@/lib/api/contracts/export-manifest';

/** What a cell holds, and so how each format writes it. JSON cells are values, not text. */
export type CellType = 'text' | 'number' | 'integer' | 'time' | 'json';

/** A sample as a row: what its manifest says, and how it stands in each run. */
export type TableRow = {
  readonly file: ListedFile;
  readonly tags: readonly string[];
  /** In the run of the export, then in the other runs, in the order of the head. */
  readonly standings: readonly (Standing | null)[];
};

/** How a sample does in a run: its quality and, among all samples that the run scored, its rank (1 = best) and percentile. */
export type Standing = { readonly quality: number; readonly rank: number; readonly of: number; readonly percentile: number };

/** What all rows have in common. */
export type TableHead = {
  readonly head: ManifestHead;
  /** The newest ready runs of the other evaluators on the same features. */
  readonly others: readonly { readonly runId: string; readonly evaluator: string }[];
};

export type TableColumn<Row = TableRow> = { readonly name: string; readonly type: CellType; readonly value: (row: Row) => unknown };

/**
 * The columns of a table export: the sample, its scores in the run of the export, its standing in the runs of the other
 * evaluators, the decision at the cut-off, and where all of it comes from, in every row.
 */
export function tableColumns(table: TableHead): TableColumn[] {
  return [...sampleColumns, ...scoreColumns, ...otherColumns(table), ...decisionColumns, ...provenanceColumns(table.head)];
}

const column = (name: string, type: CellType, value: TableColumn['value']): TableColumn => ({ name, type, value });

const sampleColumns: readonly TableColumn[] = [
  column('sample_id', 'text', ({ file }) => file.sampleId),
  column('path', 'text', ({ file }) => file.path),
  column('mask', 'text', ({ file }) => file.mask?.path),
  column('original_folder', 'text', ({ file }) => file.original.folder),
  column('file_name', 'text', ({ file }) => file.original.fileName),
  column('sha256', 'text', ({ file }) => file.sha256),
  column('format', 'text', ({ file }) => file.format),
  column('width', 'integer', ({ file }) => file.width),
  column('height', 'integer', ({ file }) => file.height),
  column('role', 'text', ({ file }) => file.role),
  column('split', 'text', ({ file }) => file.split),
  column('defect_type', 'text', ({ file }) => file.defectType),
  column('quality_label', 'text', ({ file }) => file.qualityLabel),
  column('tags', 'json', ({ tags }) => (tags.length === 0 ? null : tags)),
  column('generator', 'text', ({ file }) => file.generator),
  column('prompt', 'text', ({ file }) => file.prompt),
  column('parameters', 'json', ({ file }) => file.parameters),
  column('severity', 'number', ({ file }) => file.severity),
];

const scoreColumns: readonly TableColumn[] = [
  column('quality', 'number', ({ file }) => file.score?.quality),
  column('rank', 'integer', ({ standings }) => standings[0]?.rank),
  column('ranked_of', 'integer', ({ standings }) => standings[0]?.of),
  column('percentile', 'number', ({ standings }) => standings[0]?.percentile),
  column('probability', 'number', ({ file }) => file.score?.probability),
  column('density', 'number', ({ file }) => file.score?.density),
  column('rarity', 'number', ({ file }) => file.score?.rarity),
  column('zone', 'text', ({ file }) => file.score?.zone),
  column('covering_spheres', 'integer', ({ file }) => file.score?.coveringSpheres),
  column('gap', 'number', ({ file }) => file.score?.gap),
  ...(['sd', 'p05', 'p50', 'p95', 'subsets'] as const).map((part) => column(`spread_${part}`, 'number', ({ file }) => spreadPart(file.score?.spread, part))),
];

function spreadPart(spread: unknown, part: string): number | null {
  const value = typeof spread === 'object' && spread !== null ? (spread as Readonly<Record<string, unknown>>)[part] : null;
  return typeof value === 'number' ? value : null;
}

function otherColumns({ others }: TableHead): TableColumn[] {
  return others.flatMap(({ evaluator }, i) => [
    column(`quality_${evaluator}`, 'number', ({ standings }) => standings[i + 1]?.quality),
    column(`rank_${evaluator}`, 'integer', ({ standings }) => standings[i + 1]?.rank),
  ]);
}

const decisionColumns: readonly TableColumn[] = [
  column('verdict', 'text', ({ file }) => file.decision?.verdict),
  column('reason', 'text', ({ file }) => file.decision?.reason),
  column('note', 'text', ({ file }) => file.decision?.note),
  column('decided_by', 'text', ({ file }) => file.decision?.userName),
  column('decided_by_id', 'text', ({ file }) => file.decision?.userId),
  column('decided_at', 'time', ({ file }) => file.decision?.decidedAt),
  column('decision_version', 'integer', ({ file }) => file.decision?.version),
  column('decision_run_id', 'text', ({ file }) => file.decision?.runId),
];

/** The same in every row, so that a row that was copied elsewhere still tells where it is from. */
function provenanceColumns({ exportId, project, cutOffAt, run }: ManifestHead): TableColumn[] {
  return [
    column('run_id', 'text', () => run?.id),
    column('evaluator', 'text', () => run?.evaluator),
    column('preset', 'text', () => run?.preset),
    column('seed', 'integer', () => run?.seed),
    column('code_version', 'text', () => run?.codeVersion),
    column('feature_set_id', 'text', () => run?.features.id),
    column('extractor', 'text', () => run?.features.model),
    column('extractor_sha256', 'text', () => run?.features.modelSha256),
    column('extractor_fingerprint', 'text', () => run?.features.fingerprint),
    column('project_id', 'text', () => project.id),
    column('export_id', 'text', () => exportId),
    column('cut_off_at', 'time', () => cutOffAt),
  ];
}
