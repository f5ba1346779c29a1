import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Ids of a text as CLIP's text tower reads them: start, byte pairs, end, padded with the end to a fixed length. */
export type ClipTokens = (text: string) => number[];

const length = 77;
/** How CLIP cuts words, for texts that are cleaned and in lower case. */
const words = /'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/gu;

/** Printable characters that stand for bytes, as GPT-2's byte-level byte pair encoding numbers them. */
function byteCharacters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

function mergedWord(word: readonly string[], ranks: ReadonlyMap<string, number>): string[] {
  let parts = [...word];
  for (;;) {
    let best = -1;
    let lowest = Infinity;
    for (let i = 0; i + 1 < parts.length; i += 1) {
      const rank = ranks.get(`${parts[i]} ${parts[i + 1]}`) ?? Infinity;
      if (rank < lowest) [best, lowest] = [i, rank];
    }
    if (best < 0) return parts;
    const pair = [parts[best]!, parts[best + 1]!] as const;
    const joined: string[] = [];
    for (let i = 0; i < parts.length; i += 1) {
      const here = parts[i] === pair[0] && parts[i + 1] === pair[1];
      joined.push(here ? pair[0] + pair[1] : parts[i]!);
      if (here) i += 1;
    }
    parts = joined;
  }
}

/** CLIP's byte pair encoding from vocab.json and merges.txt of a model folder. */
export function clipTokens(folder: string): ClipTokens {
  const vocabulary = new Map(Object.entries(JSON.parse(readFileSync(path.join(folder, 'vocab.json'), 'utf8')) as Record<string, number>));
  const merges = readFileSync(path.join(folder, 'merges.txt'), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#version'));
  const ranks = new Map(merges.map((line, rank) => [line, rank]));
  const characters = byteCharacters();
  const idOf = (part: string) => {
    const id = vocabulary.get(part);
    if (id === undefined) throw new Error(`the vocabulary has no "${part}"`);
    return id;
  };
  const [start, end] = [idOf('<|startoftext|>'), idOf('<|endoftext|>')];
  return (text) => {
    const ids = [...text.toLowerCase().matchAll(words)].flatMap(([word]) => {
      const symbols = [...new TextEncoder().encode(word)].map((byte) => characters[byte]!);
      symbols[symbols.length - 1] += '</w>';
      return mergedWord(symbols, ranks).map(idOf);
    });
    const read = [start, ...ids.slice(0, length - 2), end];
    return [...read, ...new Array<number>(length - read.length).fill(end)];
  };
}
