import type { NumericsContext } from '@/lib/anomaly/context';

/** The products that a computation may use. */
export type DenseProducts = Required<Pick<NumericsContext, 'product' | 'singleProduct'>>;
