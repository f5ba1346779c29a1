import { NumericsError } from '../errors';
import { csvRecords } from './csv-records';
import { checkPromptPairs, type PromptPair } from './prompt-pair';

/** Pairs of one pool at most. */
export const MAX_PAIRS = 1000;

/**
 * Prompt pairs of a person's own.
 * CSV: two columns, normal and anomalous, with or without a line that names them (in either order).
 * JSON: a list of pairs, each `["normal text", "anomalous text"]` or `{"normal": ..., "anomalous": ...}`, or an object that holds the list under `pairs`.
 * Throws `parameter.invalid` (also for an unknown placeholder), `data.ragged`, `data.too_few_rows`, each naming the pair or line.
 */
export function parsePromptPool(text: string, format: 'csv' | 'json'): readonly PromptPair[] {
  const content = text.replace(/^\uFEFF/, '');
  const pairs = format === 'csv' ? fromCsv(content) : fromJson(content);
  if (pairs.length > MAX_PAIRS) throw new NumericsError('parameter.invalid', `The pool has ${pairs.length} pairs; at most ${MAX_PAIRS} are taken.`);
  checkPromptPairs(pairs);
  return pairs;
}

function fromCsv(text: string): PromptPair[] {
  const records = csvRecords(text).map((record) => record.map((field) => field.trim()));
  const header = records[0]?.map((field) => field.toLowerCase());
  const [normalAt, anomalousAt] = [header?.indexOf('normal') ?? -1, header?.indexOf('anomalous') ?? -1];
  const named = normalAt >= 0 && anomalousAt >= 0;
  return records.slice(named ? 1 : 0).map((record, i) => {
    const wanted = named ? header!.length : 2;
    if (record.length !== wanted) {
      throw new NumericsError('data.ragged', `Pair ${i + 1} has ${record.length} fields where ${wanted} are needed; texts with commas need quotation marks.`);
    }
    return { normal: record[named ? normalAt : 0]!, anomalous: record[named ? anomalousAt : 1]! };
  });
}

function fromJson(text: string): PromptPair[] {
  const list = listOf(parsed(text));
  if (!Array.isArray(list)) throw new NumericsError('parameter.invalid', 'The JSON holds no list of prompt pairs.');
  return list.map((item: unknown, i) => {
    const [normal, anomalous] = sidesOf(item);
    if (typeof normal !== 'string' || typeof anomalous !== 'string') {
      throw new NumericsError('parameter.invalid', `Pair ${i + 1} is neither ["normal text", "anomalous text"] nor {"normal": ..., "anomalous": ...}.`);
    }
    return { normal: normal.trim(), anomalous: anomalous.trim() };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NumericsError('parameter.invalid', 'The pool is not JSON.');
  }
}

function listOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'pairs' in value ? value.pairs : value;
}

function sidesOf(item: unknown): readonly unknown[] {
  if (Array.isArray(item)) return item.length === 2 ? item : [];
  return typeof item === 'object' && item !== null && 'normal' in item && 'anomalous' in item ? [item.normal, item.anomalous] : [];
}
