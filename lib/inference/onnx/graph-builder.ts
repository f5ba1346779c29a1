import type { Attribute, GraphNode, Initializer } from './model';

type Attributes = Readonly<Record<string, Attribute>>;

/** Collects nodes and constants of a graph under construction and names the values between them. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];
  readonly initializers: Initializer[] = [];

  /** Adds a node with one output and returns that output's name (`output`, or a fresh one). */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}, output = this.#freshName()): string {
    this.nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  }

  /** Cuts a value into equal parts along an axis. */
  split(input: string, axis: number, parts: number): string[] {
    const outputs = Array.from({ length: parts }, (_, i) => `v${this.nodes.length}_${i}`);
    this.nodes.push({ op: 'Split', inputs: [input], outputs, attributes: { axis: { int: axis } } });
    return outputs;
  }

  reshape(input: string, shape: readonly number[]): string {
    return this.node('Reshape', [input, this.integers(shape)]);
  }

  floats(shape: readonly number[], data: Float32Array): string {
    return this.#constant(shape, data);
  }

  /** A one-dimensional int64 constant, as Reshape, Pad and Slice want them. */
  integers(values: readonly number[]): string {
    return this.#constant([values.length], BigInt64Array.from(values, BigInt));
  }

  #constant(shape: readonly number[], data: Initializer['data']): string {
    const name = `c${this.initializers.length}`;
    this.initializers.push({ name, shape, data });
    return name;
  }

  #freshName(): string {
    return `v${this.nodes.length}`;
  }
}
