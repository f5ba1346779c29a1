/** How a line of values is brought to another length: target `i` is the sum of `weights[t] * source[sources[t]]` over `t` in [starts[i], starts[i + 1]). */
export type Taps = { readonly starts: Int32Array; readonly sources: Int32Array; readonly weights: Float32Array };

/**
 * Weights that bring `from` values to `to`. Fewer: the mean of what each target covers. More: linear between the centres of the values, as
 * bilinear upsampling with align_corners = False does.
 */
export function resampleTaps(from: number, to: number): Taps {
  const starts = new Int32Array(to + 1);
  const sources: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < to; i += 1) {
    for (const [source, weight] of to < from ? covered(i, from / to) : between(i, from, to)) {
      sources.push(source);
      weights.push(weight);
    }
    starts[i + 1] = sources.length;
  }
  return { starts, sources: Int32Array.from(sources), weights: Float32Array.from(weights) };
}

/** Sources that target `i` covers, each by its share. */
function covered(i: number, step: number): [number, number][] {
  const [start, end] = [i * step, (i + 1) * step];
  const found: [number, number][] = [];
  for (let s = Math.floor(start + 1e-9); s < end - 1e-9; s += 1) found.push([s, (Math.min(end, s + 1) - Math.max(start, s)) / step]);
  return found;
}

/** The two sources around target `i`. */
function between(i: number, from: number, to: number): [number, number][] {
  const position = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
  const left = Math.floor(position);
  const share = position - left;
  return share === 0 ? [[left, 1]] : [[left, 1 - share], [left + 1, share]];
}

/** Brings a plane (height x width) to the size that the taps of its rows and columns have. */
export function resamplePlane(plane: Float32Array, width: number, rows: Taps, columns: Taps): Float32Array {
  const [height, wide] = [rows.starts.length - 1, columns.starts.length - 1];
  const line = new Float32Array(width);
  const target = new Float32Array(height * wide);
  for (let y = 0; y < height; y += 1) {
    line.fill(0);
    for (let t = rows.starts[y]!; t < rows.starts[y + 1]!; t += 1) {
      const [at, weight] = [rows.sources[t]! * width, rows.weights[t]!];
      for (let x = 0; x < width; x += 1) line[x]! += weight * plane[at + x]!;
    }
    for (let x = 0; x < wide; x += 1) {
      let sum = 0;
      for (let t = columns.starts[x]!; t < columns.starts[x + 1]!; t += 1) sum += columns.weights[t]! * line[columns.sources[t]!]!;
      target[y * wide + x] = sum;
    }
  }
  return target;
}

/** Mean over the 3 x 3 neighbours of each value, without what lies outside. */
export function localMeans(plane: Float32Array, height: number, width: number): Float32Array {
  const along = new Float32Array(plane.length);
  const means = new Float32Array(plane.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const left = x > 0 ? plane[at - 1]! : 0;
      const right = x + 1 < width ? plane[at + 1]! : 0;
      along[at] = (left + plane[at]! + right) / (1 + Number(x > 0) + Number(x + 1 < width));
    }
  }
  for (let y = 0; y < height; y += 1) {
    const count = 1 + Number(y > 0) + Number(y + 1 < height);
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const above = y > 0 ? along[at - width]! : 0;
      const below = y + 1 < height ? along[at + width]! : 0;
      means[at] = (above + along[at]! + below) / count;
    }
  }
  return means;
}
