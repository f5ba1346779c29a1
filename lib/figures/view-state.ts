import type { RankingFilter } from '@/lib/api/contracts/exports';
import { isOneOf, rejectReasonTerms, sampleRoleTerms, verdictTerms, zoneTerms, type Verdict } from '@/lib/api/contracts/terms';
import { sortKeys, type Sort } from './ranking';

/** What the address of a ranking page holds: enough to come back to the same screen or to send it to a colleague. */
export type ViewState = {
  readonly run: string | null;
  readonly filter: RankingFilter;
  readonly sort: Sort;
  readonly selected: string | null;
  readonly layout: 'gallery' | 'table';
  /** How many of the best auxiliary samples of the run are kept; null: no cut is set. */
  readonly keep: number | null;
};

export const defaultSort: Sort = { key: 'quality', descending: true };
export const defaultFilter: RankingFilter = { roles: ['auxiliary'] };
export const defaultView: ViewState = { run: null, filter: defaultFilter, sort: defaultSort, selected: null, layout: 'gallery', keep: null };

const layouts = ['gallery', 'table'] as const;
const undecided = 'undecided';
const listKeys = { roles: 'role', zones: 'zone', verdicts: 'decision', reasons: 'reason', defectTypes: 'type', tags: 'tag', generators: 'generator', batches: 'batch', reviewers: 'by' } as const;
const textKey = 'find';
const rangeKeys = { quality: 'q', probability: 'p', density: 'd', rarity: 'r' } as const;

/** What is read of one word of the address; undefined: it is not understood. */
type Reader<T> = (word: string) => T | undefined;

const isId = (word: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(word);
const id: Reader<string> = (word) => (isId(word) ? word : undefined);
const term = <T extends string>(terms: readonly T[]): Reader<T> => (word) => (isOneOf(terms, word) ? word : undefined);
const text = (longest: number): Reader<string> => (word) => (word !== '' && word.length <= longest ? word : undefined);
const verdict: Reader<Verdict | null> = (word) => (word === undecided ? null : term(verdictTerms)(word));

/** Words of a repeated parameter that are understood; undefined when the parameter is absent or holds none. */
function readList<T>(params: URLSearchParams, key: string, read: Reader<T>): T[] | undefined {
  const values = params.getAll(key).map(read).filter((value) => value !== undefined);
  return values.length > 0 ? values : undefined;
}

function readId(params: URLSearchParams, key: string): string | null {
  return id(params.get(key) ?? '') ?? null;
}

/** "0.2..0.9", "..0.9" or "0.2..". */
function readRange(params: URLSearchParams, key: string): [number | null, number | null] | undefined {
  const match = /^(-?[\d.eE+-]*)\.\.(-?[\d.eE+-]*)$/.exec(params.get(key) ?? '');
  if (!match) return undefined;
  const [low, high] = [bound(match[1]), bound(match[2])];
  return low === null && high === null ? undefined : [low, high];
}

function bound(text: string | undefined): number | null {
  const value = text ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

function readFilter(params: URLSearchParams): RankingFilter {
  const lists = {
    roles: params.get(listKeys.roles) === 'any' ? undefined : (readList(params, listKeys.roles, term(sampleRoleTerms)) ?? defaultFilter.roles),
    zones: readList(params, listKeys.zones, term(zoneTerms)),
    verdicts: readList(params, listKeys.verdicts, verdict),
    reasons: readList(params, listKeys.reasons, term(rejectReasonTerms)),
    defectTypes: readList(params, listKeys.defectTypes, text(200)),
    tags: readList(params, listKeys.tags, text(60)),
    generators: readList(params, listKeys.generators, text(200)),
    batches: readList(params, listKeys.batches, id),
    reviewers: readList(params, listKeys.reviewers, text(100)),
    text: params.get(textKey)?.slice(0, 200).trim() || undefined,
  };
  const ranges = Object.fromEntries(Object.entries(rangeKeys).map(([name, key]) => [name, readRange(params, key)]));
  return withoutAbsent({ ...lists, ...ranges });
}

/** Drops keys whose value is undefined: the filter's schema is strict and its equality is structural. */
export function withoutAbsent(filter: { [K in keyof RankingFilter]?: RankingFilter[K] | undefined }): RankingFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as RankingFilter;
}

/** Reads an address; what it does not understand falls back to the default, so an old link still opens. */
export function parseViewState(params: URLSearchParams): ViewState {
  return {
    run: readId(params, 'run'),
    selected: readId(params, 'sample'),
    filter: readFilter(params),
    sort: {
      key: term(sortKeys)(params.get('sort') ?? '') ?? defaultSort.key,
      descending: params.get('order') !== 'asc',
    },
    layout: term(layouts)(params.get('layout') ?? '') ?? defaultView.layout,
    keep: /^\d{1,9}$/.test(params.get('keep') ?? '') ? Number(params.get('keep')) : null,
  };
}

/** Writes an address; defaults are left out. Parameters that are not this codec's are kept from `base`. */
export function writeViewState(view: ViewState, base: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const params = new URLSearchParams(base);
  for (const key of ['run', 'sample', 'sort', 'order', 'layout', 'keep', textKey, ...Object.values(listKeys), ...Object.values(rangeKeys)]) params.delete(key);
  if (view.run) params.set('run', view.run);
  if (view.sort.key !== defaultSort.key) params.set('sort', view.sort.key);
  if (!view.sort.descending) params.set('order', 'asc');
  if (view.layout !== 'gallery') params.set('layout', view.layout);
  if (view.keep !== null) params.set('keep', String(view.keep));
  writeFilter(view.filter, params);
  if (view.selected) params.set('sample', view.selected);
  return params;
}

function writeFilter(filter: RankingFilter, params: URLSearchParams): void {
  if (filter.roles === undefined) params.set(listKeys.roles, 'any');
  else if (filter.roles.join() !== defaultFilter.roles!.join()) for (const role of filter.roles) params.append(listKeys.roles, role);
  if (filter.text !== undefined) params.set(textKey, filter.text);
  for (const name of ['zones', 'verdicts', 'reasons', 'defectTypes', 'tags', 'generators', 'batches', 'reviewers'] as const) {
    for (const word of filter[name] ?? []) params.append(listKeys[name], word ?? undecided);
  }
  for (const name of ['quality', 'probability', 'density', 'rarity'] as const) {
    const range = filter[name];
    if (range) params.set(rangeKeys[name], `${range[0] ?? ''}..${range[1] ?? ''}`);
  }
}

/** Adds or removes one word of a list in the filter; an empty list restricts nothing. */
export function toggled<T>(list: readonly T[] | undefined, word: T): T[] | undefined {
  const without = (list ?? []).filter((one) => one !== word);
  const next = without.length === (list ?? []).length ? [...without, word] : without;
  return next.length > 0 ? next : undefined;
}
