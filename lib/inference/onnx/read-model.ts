import protobuf from 'protobufjs/minimal.js';
import type { Precision } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import type { Dimension, TensorType } from './model';
import { readTensor, typeNames, type TensorSummary } from './read-tensor';

type Reader = protobuf.Reader;

/** An input or output as the file declares it; null where it does not say. */
export type ReadValue = { name: string; type: TensorType | null; shape: Dimension[] | null };

export type ReadNode = { op: string; inputs: string[]; outputs: string[] };

/** What the library needs to know of an ONNX file; the weights themselves are passed over. */
export type OnnxSummary = {
  /** Without the constants that old files list among the inputs. */
  inputs: ReadValue[];
  outputs: ReadValue[];
  nodes: ReadNode[];
  /** Names of constants. */
  constants: ReadonlySet<string>;
  /** Files beside this one that hold weights, as the graph names them. */
  externalFiles: string[];
  /** Number of weights; shapes and indices (int64) do not count. */
  parameters: number;
  precision: Precision;
};

type Graph = { inputs: ReadValue[]; outputs: ReadValue[]; nodes: ReadNode[]; tensors: TensorSummary[] };

/** Calls `field` for each field of the message that ends at `end`; what it does not read is passed over. */
function eachField(reader: Reader, end: number, field: (number: number, wireType: number) => boolean): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!field(tag >>> 3, tag & 7)) reader.skipType(tag & 7);
  }
}

const messageEnd = (reader: Reader): number => reader.uint32() + reader.pos;

function readDimension(reader: Reader): Dimension {
  let dimension: Dimension = '';
  eachField(reader, messageEnd(reader), (number) => {
    if (number === 1) dimension = Number(reader.int64());
    else if (number === 2) dimension = reader.string();
    else return false;
    return true;
  });
  return dimension;
}

function readShape(reader: Reader): Dimension[] {
  const shape: Dimension[] = [];
  eachField(reader, messageEnd(reader), (number) => number === 1 && shape.push(readDimension(reader)) > 0);
  return shape;
}

function readValue(reader: Reader): ReadValue {
  const value: ReadValue = { name: '', type: null, shape: null };
  const tensor = (number: number): boolean => {
    if (number === 1) value.type = typeNames.get(reader.int32()) ?? null;
    else if (number === 2) value.shape = readShape(reader);
    else return false;
    return true;
  };
  const type = (number: number): boolean => {
    if (number !== 1) return false;
    eachField(reader, messageEnd(reader), tensor);
    return true;
  };
  eachField(reader, messageEnd(reader), (number) => {
    if (number === 1) value.name = reader.string();
    else if (number === 2) eachField(reader, messageEnd(reader), type);
    else return false;
    return true;
  });
  return value;
}

/** Adds to `tensors` what a Constant node holds. */
function readAttribute(reader: Reader, tensors: TensorSummary[]): void {
  eachField(reader, messageEnd(reader), (number, wireType) => {
    if (number !== 5 || wireType !== 2) return false;
    tensors.push(readTensor(reader, messageEnd(reader)));
    return true;
  });
}

function readNode(reader: Reader, tensors: TensorSummary[]): ReadNode {
  const node: ReadNode = { op: '', inputs: [], outputs: [] };
  const held: TensorSummary[] = [];
  eachField(reader, messageEnd(reader), (number) => {
    if (number === 1) node.inputs.push(reader.string());
    else if (number === 2) node.outputs.push(reader.string());
    else if (number === 4) node.op = reader.string();
    else if (number === 5) readAttribute(reader, held);
    else return false;
    return true;
  });
  // A Constant's tensor goes by the name of the node's output.
  tensors.push(...held.map((tensor) => ({ ...tensor, name: node.outputs[0] ?? tensor.name })));
  return node;
}

function readGraph(reader: Reader, graph: Graph): void {
  eachField(reader, messageEnd(reader), (number) => {
    if (number === 1) graph.nodes.push(readNode(reader, graph.tensors));
    else if (number === 5) graph.tensors.push(readTensor(reader, messageEnd(reader)));
    else if (number === 11) graph.inputs.push(readValue(reader));
    else if (number === 12) graph.outputs.push(readValue(reader));
    else return false;
    return true;
  });
}

const weightTypes = new Set<TensorType>(['float32', 'float64', 'float16', 'int8', 'uint8']);

function precisionOf(graph: Graph): Precision {
  if (graph.nodes.some(({ op }) => op === 'MatMulNBits')) return 'int4';
  const counts: Record<'fp32' | 'fp16' | 'int8', number> = { fp32: 0, fp16: 0, int8: 0 };
  for (const { type, count } of graph.tensors) {
    if (type === 'float32' || type === 'float64') counts.fp32 += count;
    else if (type === 'float16') counts.fp16 += count;
    else if (type === 'int8' || type === 'uint8') counts.int8 += count;
  }
  if (counts.int8 > counts.fp16 && counts.int8 > counts.fp32) return 'int8';
  return counts.fp16 > counts.fp32 ? 'fp16' : 'fp32';
}

function summaryOf(graph: Graph): OnnxSummary {
  const constants = new Set(graph.tensors.map(({ name }) => name));
  const weights = graph.tensors.filter(({ type }) => type !== null && weightTypes.has(type));
  return {
    inputs: graph.inputs.filter(({ name }) => !constants.has(name)),
    outputs: graph.outputs,
    nodes: graph.nodes,
    constants,
    externalFiles: [...new Set(graph.tensors.flatMap(({ location }) => (location === null ? [] : [location])))],
    parameters: weights.reduce((sum, { count }) => sum + count, 0),
    precision: precisionOf(graph),
  };
}

/**
 * Reads the structure of an ONNX file: names, types and shapes of inputs and outputs, nodes, and where the weights are.
 * Field numbers follow onnx/onnx.proto (ONNX 1.16).
 * @throws AssayError `model.invalid` when these bytes are no ONNX file
 */
export function readOnnxModel(bytes: Uint8Array): OnnxSummary {
  const graph: Graph = { inputs: [], outputs: [], nodes: [], tensors: [] };
  try {
    const reader = protobuf.Reader.create(bytes);
    // The graph may come in several pieces, which the format joins.
    eachField(reader, bytes.length, (number, wireType) => {
      if (number !== 7 || wireType !== 2) return false;
      readGraph(reader, graph);
      return true;
    });
  } catch (thrown) {
    throw notOnnx(thrown);
  }
  if (graph.nodes.length === 0 || graph.outputs.length === 0) throw notOnnx();
  return summaryOf(graph);
}

function notOnnx(cause?: unknown): AssayError {
  return new AssayError('model.invalid', 'The file cannot be loaded as an ONNX model: it does not have the structure of one.', {
    hint: 'Export the network to ONNX and give that file.',
    cause,
  });
}
