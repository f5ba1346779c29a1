import { attributeNames, attributesOf } from './attributes';
import { captionsOf } from './captions';
import type { ProceduralProduct } from '../types';
import { gramOf, ridgeInInputs, ridgeInRows, type LinearMap, type Table } from './ridge';
import type { TakePlan } from './takes';
import { startToken, vocabularyOf, WordPieces } from './word-pieces';

/** Both towers: an image of features f has the embedding (f W + bias, 1), a text the mean of the rows of its tokens. */
export type FittedPair = TextTower & {
  /** What the places of an embedding stand for; the last one is the same for all. */
  readonly names: readonly string[];
  readonly image: LinearMap;
};

type TextTower = {
  readonly vocabulary: readonly string[];
  /** Tokens x embedding. */
  readonly tokens: Table;
};

/** Photographs with their features (n, features), for the fit. */
export type FitMaterial = {
  readonly products: readonly ProceduralProduct[];
  readonly takes: readonly TakePlan[];
  readonly features: Table;
};

/** Captions of each photograph. */
const captionCount = 8;
/** Penalty of the regression of words; there are a hundred captions to each word, so that it hardly matters. */
const textShare = 1e-3;
/** The place in which all embeddings agree keeps their lengths, by which cosines divide, from hanging on one attribute. */
const constant = 1;

/**
 * Fits pairs by regularised least squares with a designed target: both towers are regressed on what is true of a photograph (`attributesOf`), images from
 * their features, texts from the counts of their tokens. Keeps what all fits share: products of features and captions.
 */
export class PairFitter {
  readonly #material: FitMaterial;
  readonly #gram: Float64Array;
  readonly #targets: Table;
  readonly #captions: readonly (readonly string[])[];
  /** Text towers by the id of the product that is left out: the penalty of the image tower does not touch them. */
  readonly #textTowers = new Map<string | undefined, TextTower>();

  constructor(material: FitMaterial) {
    const { takes, products, features } = material;
    this.#material = material;
    this.#gram = gramOf(features);
    this.#captions = takes.map((take) => captionsOf(take, captionCount));
    this.#targets = tableOf(takes.map((take) => attributesOf(take, products)));
  }

  /**
   * The pair without a product: neither its photographs nor its captions are seen.
   * @param share penalty of the image tower, see `ridgeInRows`
   */
  fit(share: number, without?: ProceduralProduct): FittedPair {
    const { takes, features, products } = this.#material;
    const rows = takes.flatMap(({ product }, i) => (product === without ? [] : [i]));
    const image = ridgeInRows(features, this.#targets, rows, this.#gram, share);
    const text = this.#textTowers.get(without?.id) ?? this.#text(rows);
    this.#textTowers.set(without?.id, text);
    return { names: [...attributeNames(products), 'constant'], image, ...text };
  }

  #text(rows: readonly number[]): TextTower {
    const { cols } = this.#targets;
    const texts = rows.flatMap((row) => this.#captions[row]!.map((text) => ({ row, text })));
    const vocabulary = vocabularyOf(texts.map(({ text }) => text));
    const pieces = new WordPieces(vocabulary);
    const counts = new Float64Array(texts.length * vocabulary.length);
    texts.forEach(({ text }, i) => {
      for (const id of pieces.ids(text).slice(1, -1)) counts[i * vocabulary.length + id]! += 1;
    });
    const targets = tableOf(texts.map(({ row }) => [...this.#targets.data.subarray(row * cols, (row + 1) * cols)]));
    const { weights, bias } = ridgeInInputs({ rows: texts.length, cols: vocabulary.length, data: counts }, targets, textShare);
    return { vocabulary, tokens: tokenTable(weights, bias) };
  }
}

/** The first token of every text, [CLS], carries what all texts share. */
function tokenTable({ rows, cols, data }: Table, bias: Float64Array): Table {
  const out = new Float64Array(rows * (cols + 1));
  for (let id = 0; id < rows; id++) out.set(data.subarray(id * cols, (id + 1) * cols), id * (cols + 1));
  const start = startToken * (cols + 1);
  out.set(bias, start);
  out[start + cols] = constant;
  return { rows, cols: cols + 1, data: out };
}

function tableOf(rows: readonly (readonly number[])[]): Table {
  return { rows: rows.length, cols: rows[0]?.length ?? 0, data: Float64Array.from(rows.flat()) };
}

/** Embedding of an image in float64. */
export function embedFeatures({ image: { weights, bias } }: FittedPair, features: ArrayLike<number>): Float64Array {
  const out = new Float64Array(weights.cols + 1);
  out.set(bias);
  for (let a = 0; a < weights.rows; a++) for (let c = 0; c < weights.cols; c++) out[c]! += features[a]! * weights.data[a * weights.cols + c]!;
  out[weights.cols] = constant;
  return out;
}

/** Embedding of a text in float64. */
export function embedText({ tokens, vocabulary }: TextTower, text: string): Float64Array {
  const ids = new WordPieces(vocabulary).ids(text);
  const out = new Float64Array(tokens.cols);
  for (const id of ids) for (let c = 0; c < tokens.cols; c++) out[c]! += tokens.data[id * tokens.cols + c]! / ids.length;
  return out;
}
