import { unpackUuids, type Columns } from '@/lib/api/contracts/columns';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { ScoreTable } from './score-table';

/** Words by code: entry 0 is null, "none". */
type Words = { readonly codes: ArrayLike<number>; readonly names: readonly (string | null)[] };

/** Generator, prompt, batch and tags of a project's samples, as `sampleFacts` sends them. */
export type SampleFacts = {
  readonly rowOf: ReadonlyMap<string, number>;
  readonly generator: Words;
  readonly prompt: Words;
  readonly batch: Words;
  /** Names are JSON arrays of tags. */
  readonly tagSet: Words;
};

/** The same for the rows of a table, with whose verdicts stand and which samples a text search found. */
export type RowFacts = {
  readonly generator: Words;
  readonly prompt: Words;
  readonly batch: Words;
  readonly tagSet: Words;
  /** The tags of each code of tagSet. */
  readonly tagSets: readonly (readonly string[])[];
  readonly reviewer: Words;
  /** 1 where the texts of the sample hold every word; null while nothing is looked for. */
  readonly matches: Uint8Array | null;
};

/** Reads the columns of `sampleFacts`. @throws RangeError without an id column */
export function parseFacts({ columns }: Columns): SampleFacts {
  const id = columns['id'];
  if (id?.type !== 'uuid') throw new RangeError('The facts carry no sample ids.');
  const words = (name: string): Words => {
    const column = columns[name];
    if (!column || !('values' in column) || !column.values) return { codes: new Uint8Array(id.data.length / 16), names: [null] };
    return { codes: column.data, names: column.values.map((value, code) => (code === 0 ? null : value)) };
  };
  return { rowOf: new Map(unpackUuids(id.data).map((one, row) => [one, row])), generator: words('generator'), prompt: words('prompt'), batch: words('batch'), tagSet: words('tagSet') };
}

/** Lays facts, reviewers and what a search found along the rows of a table; absent parts hold nothing. */
export function rowFacts(
  table: Pick<ScoreTable, 'ids' | 'rows' | 'rowOf'>,
  facts: SampleFacts | null,
  { states, matches }: { states: ReadonlyMap<string, SampleState>; matches: readonly string[] | null },
): RowFacts {
  const at = Int32Array.from(table.ids, (id) => facts?.rowOf.get(id) ?? -1);
  const along = (words: Words | undefined): Words => (words === undefined ? { codes: new Uint8Array(table.rows), names: [null] } : { codes: Uint32Array.from(at, (row) => (row < 0 ? 0 : words.codes[row]!)), names: words.names });
  const tagSet = along(facts?.tagSet);
  return {
    generator: along(facts?.generator),
    prompt: along(facts?.prompt),
    batch: along(facts?.batch),
    tagSet,
    tagSets: tagSet.names.map((set) => (set === null ? [] : (JSON.parse(set) as string[]))),
    reviewer: reviewers(table, states),
    matches: matches === null ? null : marks(table, matches),
  };
}

function reviewers(table: Pick<ScoreTable, 'rows' | 'rowOf'>, states: ReadonlyMap<string, SampleState>): Words {
  const codes = new Uint32Array(table.rows);
  const codeOf = new Map<string, number>();
  for (const { sampleId, verdict, userId } of states.values()) {
    const row = table.rowOf.get(sampleId);
    if (row === undefined || verdict === null) continue;
    const code = codeOf.get(userId) ?? codeOf.size + 1;
    codeOf.set(userId, code);
    codes[row] = code;
  }
  return { codes, names: [null, ...codeOf.keys()] };
}

function marks(table: Pick<ScoreTable, 'rows' | 'rowOf'>, ids: readonly string[]): Uint8Array {
  const out = new Uint8Array(table.rows);
  for (const id of ids) {
    const row = table.rowOf.get(id);
    if (row !== undefined) out[row] = 1;
  }
  return out;
}

/** A word with how many rows carry it, the most frequent first. */
export type WordCount = { readonly word: string; readonly count: number };

/** How many rows carry each word of a column of facts. */
export function countWords({ codes, names }: Words): WordCount[] {
  return tally(codes, names.map((name) => (name === null ? [] : [name])));
}

/** How many rows carry each tag. */
export function countTags({ tagSet, tagSets }: Pick<RowFacts, 'tagSet' | 'tagSets'>): WordCount[] {
  return tally(tagSet.codes, tagSets);
}

function tally(codes: ArrayLike<number>, words: readonly (readonly string[])[]): WordCount[] {
  const perCode = new Array<number>(words.length).fill(0);
  for (let row = 0; row < codes.length; row++) perCode[codes[row]!]! += 1;
  const counts = new Map<string, number>();
  perCode.forEach((count, code) => {
    if (count > 0) for (const word of words[code]!) counts.set(word, (counts.get(word) ?? 0) + count);
  });
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count || a.word.localeCompare(b.word));
}
