/**
 * The part of the ONNX format that this product writes and reads: a graph of nodes with constant tensors.
 * Field numbers and enum values in the sibling files follow onnx/onnx.proto (ONNX 1.16).
 */

/** Element types that the writer can store. Values are TensorProto.DataType. */
export const tensorTypeCodes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
} as const;

export type TensorType = keyof typeof tensorTypeCodes;

/** A fixed extent, or the name of a dynamic one ('N'). */
export type Dimension = number | string;

export type ValueInfo = { name: string; type: TensorType; shape: readonly Dimension[] };

/** A constant. The element type follows from the array: Float32Array, Float64Array, or BigInt64Array for int64. */
export type Initializer = {
  name: string;
  shape: readonly number[];
  data: Float32Array | Float64Array | BigInt64Array;
};

/** Attributes carry their kind, because 1 may be an int or a float in ONNX. */
export type Attribute =
  | { int: number }
  | { float: number }
  | { string: string }
  | { ints: readonly number[] }
  | { floats: readonly number[] };

export type GraphNode = {
  op: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes?: Readonly<Record<string, Attribute>>;
  /** Defaults to the first output's name. */
  name?: string;
};

export type OnnxModel = {
  /** Name of the graph. */
  name: string;
  /** Version of the default operator set; 17 runs in every runtime that we ship. */
  opset: number;
  inputs: readonly ValueInfo[];
  outputs: readonly ValueInfo[];
  nodes: readonly GraphNode[];
  initializers: readonly Initializer[];
  documentation?: string;
  metadata?: Readonly<Record<string, string>>;
};
