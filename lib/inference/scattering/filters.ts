/** What the filters of the scattering network look like. Frequencies are in radians per pixel of their level. */
export type FilterShape = {
  /** Number L of orientations, evenly spread over half a turn. */
  orientations: number;
  /** Kernels span 2 * radius + 1 pixels. */
  radius: number;
  /** Standard deviation in pixels of the Gaussian envelope along the wave. */
  sigma: number;
  /** Centre frequency of the wave. */
  frequency: number;
  /** Ratio of the envelope's extent along the wave to that across it; below 1 the filter is elongated. */
  slant: number;
};

/**
 * Morlet wavelets of all orientations (Bruna & Mallat 2013, section 2.1): a Gaussian envelope times a plane
 * wave from which a constant is subtracted, so that a flat image gives zero also after the cut to the kernel's
 * support. Scaled so that the absolute values of each complex kernel add up to 1.
 * @returns (2 L, 1, 2 radius + 1, 2 radius + 1): L real parts, then L imaginary parts
 */
export function morletKernels(shape: FilterShape): Float32Array {
  const side = 2 * shape.radius + 1;
  const area = side * side;
  const kernels = new Float32Array(2 * shape.orientations * area);
  for (let l = 0; l < shape.orientations; l++) {
    const { real, imaginary } = morletKernel(shape, (Math.PI * l) / shape.orientations);
    kernels.set(real, l * area);
    kernels.set(imaginary, (shape.orientations + l) * area);
  }
  return kernels;
}

function morletKernel(shape: FilterShape, angle: number): { real: Float64Array; imaginary: Float64Array } {
  const { radius, sigma, frequency, slant } = shape;
  const side = 2 * radius + 1;
  const envelope = new Float64Array(side * side);
  const real = new Float64Array(side * side);
  const imaginary = new Float64Array(side * side);
  let envelopeSum = 0;
  let waveSum = 0;
  for (let i = 0; i < side * side; i++) {
    const x = (i % side) - radius;
    const y = Math.floor(i / side) - radius;
    const along = x * Math.cos(angle) + y * Math.sin(angle);
    const across = y * Math.cos(angle) - x * Math.sin(angle);
    envelope[i] = Math.exp(-(along * along + across * across * slant * slant) / (2 * sigma * sigma));
    real[i] = envelope[i]! * Math.cos(frequency * along);
    imaginary[i] = envelope[i]! * Math.sin(frequency * along);
    envelopeSum += envelope[i]!;
    waveSum += real[i]!;
  }
  let norm = 0;
  for (let i = 0; i < real.length; i++) {
    real[i] = real[i]! - (envelope[i]! * waveSum) / envelopeSum;
    norm += Math.hypot(real[i]!, imaginary[i]!);
  }
  return { real: real.map((value) => value / norm), imaginary: imaginary.map((value) => value / norm) };
}

/** Binomial low-pass (1 4 6 4 1)/16 in both directions, the one of Burt and Adelson's pyramid. (1, 1, 5, 5) */
export function lowPassKernel(): Float32Array {
  const taps = [1, 4, 6, 4, 1];
  return Float32Array.from({ length: 25 }, (_, i) => (taps[i % 5]! * taps[Math.floor(i / 5)]!) / 256);
}

export const lowPassRadius = 2;
