import { className, sampleFacts, type LabelledRow } from './facts';
import type { MaskShape } from './run-length';
import type { TableHead, TableRow } from './table-columns';

/** Marks a text that stands for a number with a point. No text of a sample can hold the mark: the database refuses it. */
const FLOAT = '\u0000f';

/**
 * `samples.json` of a FiftyOneDataset folder, in pieces: a dictionary per sample as `Sample.from_dict` reads it. Numbers
 * that are not whole by nature are written with a point, so that a field never changes its type from one sample to the next.
 */
export async function* fiftyOneSamples(table: TableHead, rows: AsyncIterable<LabelledRow>): AsyncGenerator<string> {
  yield '{"samples":[';
  let separator = '\n';
  for await (const { row, shape } of rows) {
    yield separator + jsonWithFloats(sampleOf(row, table, shape));
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** `metadata.json`: without a `version` FiftyOne's importer finds out the fields from the samples. */
export function fiftyOneMetadata({ head }: TableHead, classes: Iterable<string>): string {
  return `${JSON.stringify({ media_type: 'image', info: { assay: head }, default_classes: [...new Set(classes)].sort() }, null, 2)}\n`;
}

function sampleOf(row: TableRow, table: TableHead, shape: MaskShape | null): Record<string, unknown> {
  const { file } = row;
  const { tags, parameters, ...facts } = sampleFacts(row, table);
  return {
    filepath: `data/${file.path}`,
    tags: [file.role, ...((tags as string[] | undefined) ?? [])],
    metadata: { _cls: 'ImageMetadata', size_bytes: file.bytes, ...(file.width === null || file.height === null ? {} : { width: file.width, height: file.height }) },
    ground_truth: { _cls: 'Classification', label: className(file) },
    ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, typeof value === 'number' && !wholeNumbers.has(name) ? float(value) : value])),
    // The parameters of generators differ in their keys: as text they are one field.
    ...(parameters === undefined ? {} : { parameters: JSON.stringify(parameters) }),
    ...(file.decision?.verdict == null ? {} : { review: { _cls: 'Classification', label: file.decision.verdict } }),
    ...(file.mask === null ? {} : { mask_file: `labels/${file.mask.path}` }),
    ...(shape === null ? {} : { defect: { _cls: 'Detections', detections: [detectionOf(row, shape)] } }),
  };
}

const wholeNumbers: ReadonlySet<string> = new Set(['rank', 'decision_version']);

/** The box around the mask, in shares of the image's width and height. */
function detectionOf({ file }: TableRow, { box: [left, top, width, height] }: MaskShape) {
  const [across, down] = [file.width ?? 1, file.height ?? 1];
  return { _cls: 'Detection', label: className(file), bounding_box: [left / across, top / down, width / across, height / down].map(float) };
}

function float(value: number): string {
  return `${FLOAT}${Number.isInteger(value) ? value.toFixed(1) : String(value)}`;
}

function jsonWithFloats(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0000f([^"]*)"/g, '$1');
}

/** How to load the folder, for who opens the archive. */
export const fiftyOneReadme = `A FiftyOneDataset folder (metadata.json, samples.json, data/), exported from Assay.

    import os
    import fiftyone as fo

    folder = "/path/to/this/folder"
    dataset = fo.Dataset.from_dir(dataset_dir=folder, dataset_type=fo.types.FiftyOneDataset)

    # The masks lie in labels/. FiftyOne wants absolute paths, which no archive can know:
    for sample in dataset.exists("mask_file").iter_samples(autosave=True):
        sample["mask"] = fo.Segmentation(mask_path=os.path.join(folder, sample.mask_file))

Fields: ground_truth (good, or the defect type), review (the verdict), defect (the box around the mask), quality, rank,
percentile, probability, density, rarity, zone, quality_<EVALUATOR>, verdict, reason, note, decided_by, decided_at, and
where each sample comes from. The run, its extractor and the cut-off stand in dataset.info["assay"].
`;
