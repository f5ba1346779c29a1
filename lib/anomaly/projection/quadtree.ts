/** Levels of the tree: cell coordinates have 16 bits. */
const LEVELS = 16;
const CELLS = 2 ** LEVELS;
const RADIX_BITS = 11;
const RADIX = 2 ** RADIX_BITS;

/** Points along the curve that share one walk through the tree. */
const GROUP = 16;

/**
 * Quadtree over points in the plane for Barnes-Hut sums, rebuilt at every step without allocation. Points are sorted along the
 * Z-order curve; nodes lie in depth-first order, so that a walk goes on to `node + 1` to open a cell and to `skip[node]` to pass it
 * over, with no stack. Cells with one child are left out. Points that share a cell of the finest level form one leaf.
 */
export class QuadTree {
  private readonly codes: Uint32Array;
  private readonly order: Int32Array;
  private readonly spareCodes: Uint32Array;
  private readonly spareOrder: Int32Array;
  private readonly counts = new Int32Array(RADIX);
  private readonly sumX: Float64Array;
  private readonly sumY: Float64Array;
  private readonly centreX: Float64Array;
  private readonly centreY: Float64Array;
  private readonly mass: Float64Array;
  /** Squared width of the cell; -1 at a leaf, so that it is always taken as one point. */
  private readonly widthSquared: Float64Array;
  private readonly skip: Int32Array;
  private readonly seenX: Float64Array;
  private readonly seenY: Float64Array;
  private readonly seenMass: Float64Array;
  private nodes = 0;
  private extent = 0;

  constructor(private readonly n: number) {
    const capacity = 2 * n + 1;
    this.codes = new Uint32Array(n);
    this.order = new Int32Array(n);
    this.spareCodes = new Uint32Array(n);
    this.spareOrder = new Int32Array(n);
    this.sumX = new Float64Array(n + 1);
    this.sumY = new Float64Array(n + 1);
    this.centreX = new Float64Array(capacity);
    this.centreY = new Float64Array(capacity);
    this.mass = new Float64Array(capacity);
    this.widthSquared = new Float64Array(capacity);
    this.skip = new Int32Array(capacity);
    this.seenX = new Float64Array(capacity);
    this.seenY = new Float64Array(capacity);
    this.seenMass = new Float64Array(capacity);
  }

  /** Builds the tree of `positions` (x0, y0, x1, y1, ...). */
  build(positions: Float64Array): void {
    this.encode(positions);
    this.sort();
    for (let i = 0; i < this.n; i += 1) {
      const point = 2 * this.order[i]!;
      this.sumX[i + 1] = this.sumX[i]! + positions[point]!;
      this.sumY[i + 1] = this.sumY[i]! + positions[point + 1]!;
    }
    this.nodes = 0;
    if (this.n > 0) this.addNode(0, this.n);
  }

  /**
   * Writes sum_j q_ij² (y_i - y_j), q = 1 / (1 + |y_i - y_j|²), to `forces` for every point, and returns Z = sum over i != j of q_ij. A cell
   * counts as one point where its width is below theta times its distance (Barnes and Hut 1986; van der Maaten 2014). Runs of
   * neighbouring points share one walk, the distance being that of their bounding box, which errs on the safe side.
   */
  repulsion(positions: Float64Array, theta: number, forces: Float64Array): number {
    let total = 0;
    for (let start = 0; start < this.n; start += GROUP) {
      const end = Math.min(start + GROUP, this.n);
      total += this.repelGroup(positions, forces, start, end, this.collect(positions, start, end, theta * theta));
    }
    return total;
  }

  /** Lists the cells that sorted points [start, end) see as single points; returns their number. */
  private collect(positions: Float64Array, start: number, end: number, thetaSquared: number): number {
    const { order, centreX, centreY, mass, widthSquared, skip, nodes, seenX, seenY, seenMass } = this;
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let i = start; i < end; i += 1) {
      const x = positions[2 * order[i]!]!;
      const y = positions[2 * order[i]! + 1]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    let count = 0;
    let node = 0;
    while (node < nodes) {
      const x = centreX[node]!;
      const y = centreY[node]!;
      const dx = x < minX ? minX - x : x > maxX ? x - maxX : 0;
      const dy = y < minY ? minY - y : y > maxY ? y - maxY : 0;
      const width = widthSquared[node]!;
      if (width < 0 || width < thetaSquared * (dx * dx + dy * dy)) {
        seenX[count] = x;
        seenY[count] = y;
        seenMass[count] = mass[node]!;
        count += 1;
        node = skip[node]!;
      } else {
        node += 1;
      }
    }
    return count;
  }

  private repelGroup(positions: Float64Array, forces: Float64Array, start: number, end: number, seen: number): number {
    const { order, seenX, seenY, seenMass } = this;
    let total = 0;
    for (let i = start; i < end; i += 1) {
      const point = 2 * order[i]!;
      const x = positions[point]!;
      const y = positions[point + 1]!;
      let forceX = 0;
      let forceY = 0;
      let sum = 0;
      for (let c = 0; c < seen; c += 1) {
        const dx = x - seenX[c]!;
        const dy = y - seenY[c]!;
        const q = 1 / (1 + dx * dx + dy * dy);
        const weight = seenMass[c]! * q;
        sum += weight;
        forceX += weight * q * dx;
        forceY += weight * q * dy;
      }
      forces[point] = forceX;
      forces[point + 1] = forceY;
      // The point met itself once, at distance 0.
      total += sum - 1;
    }
    return total;
  }

  private encode(positions: Float64Array): void {
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let i = 0; i < 2 * this.n; i += 2) {
      const x = positions[i]!;
      const y = positions[i + 1]!;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    this.extent = Math.max(maxX - minX, maxY - minY, Number.MIN_VALUE);
    const scale = (CELLS * (1 - 1e-12)) / this.extent;
    for (let i = 0; i < this.n; i += 1) {
      const column = Math.min(CELLS - 1, Math.floor((positions[2 * i]! - minX) * scale) || 0);
      const row = Math.min(CELLS - 1, Math.floor((positions[2 * i + 1]! - minY) * scale) || 0);
      this.codes[i] = (spreadBits(column) | (spreadBits(row) << 1)) >>> 0;
      this.order[i] = i;
    }
  }

  /** Radix sort of codes with their points, three passes of 11 bits; stable. */
  private sort(): void {
    let codes = this.codes;
    let order = this.order;
    let spareCodes = this.spareCodes;
    let spareOrder = this.spareOrder;
    for (let shift = 0; shift < 2 * LEVELS; shift += RADIX_BITS) {
      this.counts.fill(0);
      for (let i = 0; i < this.n; i += 1) this.counts[(codes[i]! >>> shift) & (RADIX - 1)]! += 1;
      for (let digit = 0, start = 0; digit < RADIX; digit += 1) {
        const count = this.counts[digit]!;
        this.counts[digit] = start;
        start += count;
      }
      for (let i = 0; i < this.n; i += 1) {
        const to = this.counts[(codes[i]! >>> shift) & (RADIX - 1)]!++;
        spareCodes[to] = codes[i]!;
        spareOrder[to] = order[i]!;
      }
      [codes, spareCodes] = [spareCodes, codes];
      [order, spareOrder] = [spareOrder, order];
    }
    // Three passes leave the result in the spare arrays.
    this.codes.set(codes);
    this.order.set(order);
  }

  /** Adds the smallest cell that holds sorted points [start, end) and all cells below it. */
  private addNode(start: number, end: number): void {
    const node = this.nodes;
    this.nodes += 1;
    const count = end - start;
    this.mass[node] = count;
    this.centreX[node] = (this.sumX[end]! - this.sumX[start]!) / count;
    this.centreY[node] = (this.sumY[end]! - this.sumY[start]!) / count;
    const difference = this.codes[start]! ^ this.codes[end - 1]!;
    if (difference === 0) {
      this.widthSquared[node] = -1;
    } else {
      // The level of the highest differing pair of bits is that of the cell's four quarters.
      const quarter = (31 - Math.clz32(difference)) >>> 1;
      const width = (this.extent * 2 ** (quarter + 1)) / CELLS;
      this.widthSquared[node] = width * width;
      for (let from = start; from < end; ) {
        const to = this.endOfQuarter(from, end, 2 * quarter);
        this.addNode(from, to);
        from = to;
      }
    }
    this.skip[node] = this.nodes;
  }

  /** End of the run of points that share all bits from `shift` on with the point at `from`. */
  private endOfQuarter(from: number, end: number, shift: number): number {
    const prefix = this.codes[from]! >>> shift;
    let low = from + 1;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.codes[middle]! >>> shift === prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Moves bit b of a 16-bit number to bit 2b. */
function spreadBits(value: number): number {
  let x = value;
  x = (x | (x << 8)) & 0x00ff00ff;
  x = (x | (x << 4)) & 0x0f0f0f0f;
  x = (x | (x << 2)) & 0x33333333;
  return (x | (x << 1)) & 0x55555555;
}
