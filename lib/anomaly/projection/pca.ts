import { columnMeans, subtractFromRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';

/** Spare directions that make the wanted ones converge fast. */
const OVERSAMPLING = 4;

/**
 * The first `components` principal components of the rows: their coordinates, n x components, by subspace iteration (Halko,
 * Martinsson and Tropp 2011) from a seeded start. Each component's sign makes its largest coordinate positive.
 * Where the data have fewer dimensions the remaining columns are 0.
 */
export function principalComponents(points: Matrix, components: number, seed: number, iterations = 10): Matrix {
  const centred = subtractFromRows(points, columnMeans(points));
  const { rows, cols } = centred;
  const width = Math.min(components + OVERSAMPLING, rows, cols);
  const random = createRandom(seed);
  let basis: Float64Array = Float64Array.from({ length: cols * width }, () => random.normal());
  orthonormalise(basis, cols, width);
  let coordinates = multiply(centred, basis, width);
  for (let i = 0; i < iterations; i += 1) {
    basis = multiplyTransposed(centred, coordinates, width);
    orthonormalise(basis, cols, width);
    coordinates = multiply(centred, basis, width);
  }
  const rotated = rotateToPrincipalAxes(coordinates, rows, width);
  const data = new Float64Array(rows * components);
  for (let c = 0; c < Math.min(components, width); c += 1) copySigned(rotated, rows, width, c, data, components);
  return { data, rows, cols: components };
}

/** X B: rows x width. */
function multiply({ data, rows, cols }: Matrix, basis: Float64Array, width: number): Float64Array {
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const x = data[i * cols + j]!;
      for (let c = 0; c < width; c += 1) out[i * width + c]! += x * basis[j * width + c]!;
    }
  }
  return out;
}

/** Xᵀ Y: cols x width. */
function multiplyTransposed({ data, rows, cols }: Matrix, y: Float64Array, width: number): Float64Array {
  const out = new Float64Array(cols * width);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const x = data[i * cols + j]!;
      for (let c = 0; c < width; c += 1) out[j * width + c]! += x * y[i * width + c]!;
    }
  }
  return out;
}

/** Modified Gram-Schmidt on the columns, done twice; columns without a direction of their own become 0. */
function orthonormalise(basis: Float64Array, rows: number, width: number): void {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < rows; i += 1) sum += basis[i * width + a]! * basis[i * width + b]!;
    return sum;
  };
  for (let c = 0; c < width; c += 1) {
    const before = Math.sqrt(dot(c, c));
    for (let pass = 0; pass < 2; pass += 1) {
      for (let earlier = 0; earlier < c; earlier += 1) {
        const share = dot(c, earlier);
        for (let i = 0; i < rows; i += 1) basis[i * width + c]! -= share * basis[i * width + earlier]!;
      }
    }
    const length = Math.sqrt(dot(c, c));
    const scale = length > 1e-10 * before && length > 0 ? 1 / length : 0;
    for (let i = 0; i < rows; i += 1) basis[i * width + c]! *= scale;
  }
}

/** Turns coordinates so that their columns are uncorrelated, largest variance first: cyclic Jacobi on the small Gram matrix. */
function rotateToPrincipalAxes(coordinates: Float64Array, rows: number, width: number): Float64Array {
  const out = Float64Array.from(coordinates);
  const gram = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < rows; i += 1) sum += out[i * width + a]! * out[i * width + b]!;
    return sum;
  };
  for (let sweep = 0; sweep < 12; sweep += 1) {
    for (let a = 0; a < width; a += 1) {
      for (let b = a + 1; b < width; b += 1) rotatePair(out, rows, width, a, b, gram(a, a), gram(b, b), gram(a, b));
    }
  }
  return out;
}

function rotatePair(out: Float64Array, rows: number, width: number, a: number, b: number, aa: number, bb: number, ab: number): void {
  if (Math.abs(ab) <= 1e-15 * Math.sqrt(aa * bb) && aa >= bb) return;
  const { cos, sin } = jacobiRotation(2 * ab, aa - bb);
  for (let i = 0; i < rows; i += 1) {
    const x = out[i * width + a]!;
    const y = out[i * width + b]!;
    out[i * width + a] = cos * x + sin * y;
    out[i * width + b] = cos * y - sin * x;
  }
}

/**
 * Cosine and sine of half the angle of the point (along, across), from square roots alone: sines and cosines differ between
 * JavaScript engines in the last place.
 */
function jacobiRotation(across: number, along: number): { cos: number; sin: number } {
  const scale = Math.max(Math.abs(across), Math.abs(along));
  const y = across / scale;
  const x = along / scale;
  const length = Math.sqrt(x * x + y * y);
  if (x >= 0) {
    const cos = Math.sqrt((1 + x / length) / 2);
    return { cos, sin: y / (2 * length * cos) };
  }
  const size = Math.sqrt((1 - x / length) / 2);
  return { cos: Math.abs(y) / (2 * length * size), sin: y < 0 ? -size : size };
}

function copySigned(from: Float64Array, rows: number, width: number, component: number, to: Float64Array, components: number): void {
  let largest = 0;
  for (let i = 0; i < rows; i += 1) {
    const value = from[i * width + component]!;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  const sign = largest < 0 ? -1 : 1;
  for (let i = 0; i < rows; i += 1) to[i * components + component] = sign * from[i * width + component]!;
}
