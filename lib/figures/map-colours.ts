import { z } from 'zod';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { MapGroup, MapPoints } from './map-figure';
import { stepsOf, type StepManner } from './map-steps';
import { rowFacts, type SampleFacts } from './sample-facts';
import { qualityLabelNames, roleNames, verdictNames, zoneNames } from './score-table';
import type { VerdictColumns } from './verdicts';

/** What has words of its own: every word is one entry of the legend. */
export const wordColours = ['role', 'zone', 'decision', 'reviewer', 'defectType', 'qualityLabel', 'generator', 'prompt', 'batch', 'tag'] as const;
/** What is a number of the shown run: the legend shows steps. */
export const numberColours = ['quality', 'probability', 'density', 'rarity', 'spread'] as const;
export type NumberColour = (typeof numberColours)[number];

/** `run:ID` colours by the quality that another run gives the same samples. */
export type ColourKey = (typeof wordColours)[number] | NumberColour | `run:${string}`;

const colourSchema = z.union([z.enum(wordColours), z.enum(numberColours), z.templateLiteral(['run:', z.uuid()])]);

/** Reads the colour of an address; what is not understood is the role. */
export function parseColour(text: string | null): ColourKey {
  return colourSchema.catch('role').parse(text ?? 'role');
}

/** The other run that a colour needs; null for what the shown run and the project know. */
export function runOfColour(colour: ColourKey): string | null {
  return colour.startsWith('run:') ? colour.slice('run:'.length) : null;
}

type WordColumn = {
  readonly kind: 'words';
  /** By point; 0 is none where the first name is null. */
  readonly codes: ArrayLike<number>;
  readonly names: readonly (string | null)[];
  /** Names the points without a word. */
  readonly none: string;
  readonly toneOf?: (name: string) => string;
  /** Keys of the entries in the address, where names may be equal. */
  readonly keys?: readonly (string | null)[];
};

/** What points are coloured by: words, or numbers (NaN: none). */
export type ColourColumn = WordColumn | { readonly kind: 'numbers'; readonly values: Float64Array; readonly none: string };

/** Whether a colour needs what `sampleFacts` tells. */
export function needsFacts(colour: ColourKey): boolean {
  return colour === 'generator' || colour === 'prompt' || colour === 'batch' || colour === 'tag';
}

/** What the project knows of its samples beyond the run; null until it is loaded or when it is not asked for. */
export type ColourSources = {
  readonly verdicts: VerdictColumns | null;
  readonly states: ReadonlyMap<string, SampleState> | null;
  readonly otherQuality: Float64Array | null;
  /** Generator, prompt, generation batch and tags of each point. */
  readonly facts: Readonly<Record<'generator' | 'prompt' | 'batch' | 'tag', WordCodes>> | null;
};

/** Words by code; entry 0 is null: none. `keys`: see the column of a colour. */
export type WordCodes = Pick<WordColumn, 'codes' | 'names' | 'keys'>;

const nothing: WordCodes = { codes: [], names: [null] };

type ColumnOf = (points: MapPoints, sources: ColourSources) => ColourColumn;

function words(none: string, codesOf: (points: MapPoints, sources: ColourSources) => Omit<WordColumn, 'kind' | 'none' | 'toneOf'> | null, toneOf?: (name: string) => string): ColumnOf {
  return (points, sources) => ({ kind: 'words', none, ...(codesOf(points, sources) ?? nothing), ...(toneOf ? { toneOf } : {}) });
}

const partOf = (key: Exclude<NumberColour, 'spread'>): ColumnOf => (points) => ({ kind: 'numbers', values: points[key], none: `no ${key}` });

const columns: Readonly<Record<(typeof wordColours)[number] | NumberColour, ColumnOf>> = {
  role: words('', ({ role }) => ({ codes: role, names: roleNames }), (name) => `role-${name}`),
  zone: words('no zone', ({ zone }) => ({ codes: zone, names: zoneNames }), (name) => `zone-${name}`),
  decision: words('undecided', (_, { verdicts }) => verdicts && { codes: verdicts.verdict, names: verdictNames }, (name) => `verdict-${name}`),
  reviewer: words('undecided', (points, { states }) => states && reviewerCodes(points, states)),
  defectType: words('no defect type', ({ defectType, defectTypes }) => ({ codes: defectType, names: defectTypes })),
  qualityLabel: words('no label', ({ qualityLabel }) => ({ codes: qualityLabel, names: qualityLabelNames }), (name) => `zone-${name}`),
  generator: words('no generator', (_, { facts }) => facts && facts.generator),
  prompt: words('no prompt', (_, { facts }) => facts && facts.prompt),
  batch: words('no batch', (_, { facts }) => facts && facts.batch),
  tag: words('no tag', (_, { facts }) => facts && facts.tag),
  quality: partOf('quality'),
  probability: partOf('probability'),
  density: partOf('density'),
  rarity: partOf('rarity'),
  spread: (points) => ({ kind: 'numbers', values: spreadOf(points), none: 'no spread' }),
};

/** The column that a colour shows. */
export function colourColumn(points: MapPoints, colour: ColourKey, sources: ColourSources): ColourColumn {
  if (Object.hasOwn(columns, colour)) return columns[colour as keyof typeof columns](points, sources);
  return { kind: 'numbers', values: sources.otherQuality ?? new Float64Array(points.rows).fill(Number.NaN), none: 'no quality' };
}

/** Width of the 5 % to 95 % interval of the quality; NaN without. */
function spreadOf({ spread, rows }: MapPoints): Float64Array {
  if (spread === null) return new Float64Array(rows).fill(Number.NaN);
  return spread.p95.map((high, point) => high - spread.p05[point]!);
}

/** Who took the decision that stands, by point; people in the order of their names. */
export function reviewerCodes({ rows, rowOf }: Pick<MapPoints, 'rows' | 'rowOf'>, states: ReadonlyMap<string, SampleState>): WordCodes & { keys: readonly (string | null)[] } {
  const people = new Map<string, string>();
  for (const { verdict, userId, userName } of states.values()) if (verdict !== null) people.set(userId, userName);
  const ordered = [...people].sort(([, a], [, b]) => a.localeCompare(b));
  const codeOf = new Map(ordered.map(([userId], i) => [userId, i + 1]));
  const codes = new Uint16Array(rows);
  for (const { sampleId, verdict, userId } of states.values()) {
    const point = rowOf.get(sampleId);
    if (point !== undefined && verdict !== null) codes[point] = codeOf.get(userId)!;
  }
  return { codes, names: [null, ...ordered.map(([, name]) => name)], keys: [null, ...ordered.map(([userId]) => userId)] };
}

/** Words that stand for themselves in a legend; the rest are "others". */
const mostWords = 12;

/** Splits the points by what they are coloured by; empty groups are left out. The points without come first and lie behind. */
export function mapGroups(rows: number, column: ColourColumn, manner: StepManner): MapGroup[] {
  if (column.kind === 'numbers') {
    const { codes, labels } = stepsOf(column.values, manner);
    const tones = labels.map((_, i) => `step-${labels.length === 1 ? 4 : Math.round((4 * i) / (labels.length - 1))}`);
    return split(rows, codes, [{ key: 'none', label: column.none, tone: 'none' }, ...labels.map((label, i) => ({ key: `step-${i}`, label, tone: tones[i]! }))]);
  }
  const counts = new Uint32Array(column.names.length);
  for (let point = 0; point < rows; point++) counts[column.codes[point] ?? 0]!++;
  const kept = commonest(column.names, counts);
  const entries: Entry[] = [{ key: 'none', label: column.none, tone: 'none' }];
  const target = new Uint16Array(column.names.length);
  column.names.forEach((name, code) => {
    if (name === null || !kept.has(code)) return;
    target[code] = entries.push({ key: column.keys?.[code] ?? name, label: name, tone: column.toneOf?.(name) ?? `series-${entries.length - 1}` }) - 1;
  });
  const left = column.names.filter((name, code) => name !== null && counts[code]! > 0 && !kept.has(code)).length;
  if (left > 0) {
    const others = entries.push({ key: 'others', label: `${left} others`, tone: 'muted' }) - 1;
    column.names.forEach((name, code) => void (name !== null && !kept.has(code) && (target[code] = others)));
  }
  const codes = new Uint16Array(rows);
  for (let point = 0; point < rows; point++) codes[point] = target[column.codes[point] ?? 0]!;
  return split(rows, codes, entries);
}

type Entry = { readonly key: string; readonly label: string; readonly tone: string };

/** Codes of the words that stand for themselves: all while they are few, else those with the most points. */
function commonest(names: readonly (string | null)[], counts: Uint32Array): ReadonlySet<number> {
  const present = [...names.keys()].filter((code) => names[code] !== null && counts[code]! > 0);
  if (present.length <= mostWords) return new Set(present);
  return new Set(present.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, mostWords));
}

function split(rows: number, codes: ArrayLike<number>, entries: readonly Entry[]): MapGroup[] {
  const counts = new Uint32Array(entries.length);
  for (let point = 0; point < rows; point++) counts[codes[point]!]!++;
  const members = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let point = 0; point < rows; point++) {
    const code = codes[point]!;
    members[code]![counts[code]!++] = point;
  }
  return entries.flatMap((entry, code) => (members[code]!.length === 0 ? [] : [{ ...entry, points: members[code]! }]));
}

/** Generator, prompt, batch and tags of each point; points with several tags stand under all of them together. `batchName` names a batch by its id. */
export function factsOfPoints(points: MapPoints, facts: SampleFacts, batchName: (id: string) => string): NonNullable<ColourSources['facts']> {
  const { generator, prompt, batch, tagSet, tagSets } = rowFacts(points, facts, { states: new Map(), matches: null });
  return { generator, prompt, batch: { codes: batch.codes, names: batch.names.map((id) => id && batchName(id)), keys: batch.names }, tag: { codes: tagSet.codes, names: tagSets.map((tags) => (tags.length === 0 ? null : tags.join(' + '))) } };
}
