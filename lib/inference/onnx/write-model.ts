import protobuf from 'protobufjs/minimal.js';
import type { Attribute, Dimension, GraphNode, Initializer, OnnxModel, ValueInfo } from './model';
import { tensorTypeCodes } from './model';

type Writer = protobuf.Writer;

/** Version 8 of the format: initializers need not be inputs, and every runtime of ours reads it. */
const irVersion = 8;
const attributeTypeCodes = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

const varint = 0;
const delimited = 2;
const fixed32 = 5;
const tag = (field: number, wireType: number): number => (field << 3) | wireType;

function writeString(writer: Writer, field: number, value: string): void {
  writer.uint32(tag(field, delimited)).string(value);
}

function writeInt(writer: Writer, field: number, value: number): void {
  writer.uint32(tag(field, varint)).int64(value);
}

function writeMessage(writer: Writer, field: number, body: (inner: Writer) => void): void {
  writer.uint32(tag(field, delimited)).fork();
  body(writer);
  writer.ldelim();
}

function writeAttribute(writer: Writer, name: string, attribute: Attribute): void {
  writeString(writer, 1, name);
  if ('float' in attribute) {
    writer.uint32(tag(2, fixed32)).float(attribute.float);
    writeInt(writer, 20, attributeTypeCodes.float);
  } else if ('int' in attribute) {
    writeInt(writer, 3, attribute.int);
    writeInt(writer, 20, attributeTypeCodes.int);
  } else if ('string' in attribute) {
    writeString(writer, 4, attribute.string);
    writeInt(writer, 20, attributeTypeCodes.string);
  } else if ('floats' in attribute) {
    for (const value of attribute.floats) writer.uint32(tag(7, fixed32)).float(value);
    writeInt(writer, 20, attributeTypeCodes.floats);
  } else {
    for (const value of attribute.ints) writeInt(writer, 8, value);
    writeInt(writer, 20, attributeTypeCodes.ints);
  }
}

function writeNode(writer: Writer, node: GraphNode): void {
  for (const input of node.inputs) writeString(writer, 1, input);
  for (const output of node.outputs) writeString(writer, 2, output);
  writeString(writer, 3, node.name ?? node.outputs[0] ?? node.op);
  writeString(writer, 4, node.op);
  // Sorted, so that the order in which a builder lists attributes does not change the bytes.
  for (const [name, attribute] of Object.entries(node.attributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    writeMessage(writer, 5, (inner) => writeAttribute(inner, name, attribute));
  }
}

function initializerType(data: Initializer['data']): 'float32' | 'float64' | 'int64' {
  if (data instanceof Float32Array) return 'float32';
  return data instanceof Float64Array ? 'float64' : 'int64';
}

/** Little-endian bytes of the array, as TensorProto.raw_data wants them on every machine. */
function rawBytes(data: Initializer['data']): Uint8Array {
  const bytes = new Uint8Array(data.length * data.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  if (data instanceof Float32Array) data.forEach((value, i) => view.setFloat32(i * 4, value, true));
  else if (data instanceof Float64Array) data.forEach((value, i) => view.setFloat64(i * 8, value, true));
  else data.forEach((value, i) => view.setBigInt64(i * 8, value, true));
  return bytes;
}

function writeInitializer(writer: Writer, tensor: Initializer): void {
  const expected = tensor.shape.reduce((product, extent) => product * extent, 1);
  if (expected !== tensor.data.length) {
    throw new RangeError(`initializer ${tensor.name}: shape [${tensor.shape.join(', ')}] wants ${expected} values, got ${tensor.data.length}`);
  }
  for (const extent of tensor.shape) writeInt(writer, 1, extent);
  writeInt(writer, 2, tensorTypeCodes[initializerType(tensor.data)]);
  writeString(writer, 8, tensor.name);
  writer.uint32(tag(9, delimited)).bytes(rawBytes(tensor.data));
}

function writeDimension(writer: Writer, dimension: Dimension): void {
  if (typeof dimension === 'number') writeInt(writer, 1, dimension);
  else writeString(writer, 2, dimension);
}

function writeValueInfo(writer: Writer, value: ValueInfo): void {
  writeString(writer, 1, value.name);
  writeMessage(writer, 2, (type) => {
    writeMessage(type, 1, (tensor) => {
      writeInt(tensor, 1, tensorTypeCodes[value.type]);
      writeMessage(tensor, 2, (shape) => {
        for (const dimension of value.shape) writeMessage(shape, 1, (inner) => writeDimension(inner, dimension));
      });
    });
  });
}

function writeGraph(writer: Writer, model: OnnxModel): void {
  for (const node of model.nodes) writeMessage(writer, 1, (inner) => writeNode(inner, node));
  writeString(writer, 2, model.name);
  for (const tensor of model.initializers) writeMessage(writer, 5, (inner) => writeInitializer(inner, tensor));
  for (const value of model.inputs) writeMessage(writer, 11, (inner) => writeValueInfo(inner, value));
  for (const value of model.outputs) writeMessage(writer, 12, (inner) => writeValueInfo(inner, value));
}

/**
 * Writes an ONNX file. The same model always gives the same bytes, so that a committed file can be checked
 * against the script that made it.
 * @throws RangeError when an initializer's shape and length disagree (a mistake of the builder)
 */
export function writeOnnxModel(model: OnnxModel): Uint8Array {
  const writer = protobuf.Writer.create();
  writeInt(writer, 1, irVersion);
  writeString(writer, 2, 'assay');
  if (model.documentation !== undefined) writeString(writer, 6, model.documentation);
  writeMessage(writer, 7, (graph) => writeGraph(graph, model));
  writeMessage(writer, 8, (opset) => {
    writeString(opset, 1, '');
    writeInt(opset, 2, model.opset);
  });
  for (const [key, value] of Object.entries(model.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    writeMessage(writer, 14, (entry) => {
      writeString(entry, 1, key);
      writeString(entry, 2, value);
    });
  }
  return Uint8Array.from(writer.finish());
}
