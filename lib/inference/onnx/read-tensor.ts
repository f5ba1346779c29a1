import type protobuf from 'protobufjs/minimal.js';
import { tensorTypeCodes, type TensorType } from './model';

type Reader = protobuf.Reader;

/** A constant of a graph without its values. */
export type TensorSummary = {
  name: string;
  type: TensorType | null;
  /** Number of elements. */
  count: number;
  /** File beside the model that holds the values; null where they are inside. */
  location: string | null;
};

/** Names of element types by their code in the format. */
export const typeNames: ReadonlyMap<number, TensorType> = new Map<number, TensorType>(Object.entries(tensorTypeCodes).map(([name, code]) => [code, name as TensorType]));

/** One entry of external_data. */
function readEntry(reader: Reader): { key: string; value: string } {
  const end = reader.uint32() + reader.pos;
  const entry = { key: '', value: '' };
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) entry.key = reader.string();
    else if (tag >>> 3 === 2) entry.value = reader.string();
    else reader.skipType(tag & 7);
  }
  return entry;
}

/** Dimensions come packed from some writers and one by one from others. */
function readDims(reader: Reader, wireType: number): number {
  if (wireType !== 2) return Number(reader.int64());
  const end = reader.uint32() + reader.pos;
  let product = 1;
  while (reader.pos < end) product *= Number(reader.int64());
  return product;
}

/** Reads a TensorProto that ends at `end`; its values are passed over. */
export function readTensor(reader: Reader, end: number): TensorSummary {
  const tensor: TensorSummary = { name: '', type: null, count: 1, location: null };
  let external = false;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const number = tag >>> 3;
    if (number === 1) tensor.count *= readDims(reader, tag & 7);
    else if (number === 2) tensor.type = typeNames.get(reader.int32()) ?? null;
    else if (number === 8) tensor.name = reader.string();
    else if (number === 14) external = reader.int32() === 1;
    else if (number === 13) {
      const { key, value } = readEntry(reader);
      if (key === 'location') tensor.location = value;
    } else reader.skipType(tag & 7);
  }
  return external ? tensor : { ...tensor, location: null };
}
