import type { NumericsContext } from '@/lib/anomaly/context';
import type { PipelineContext } from './context';

/** Hands a computation's progress and cancel signal on to the job. `words` says each step in words. */
export function numericsContext(
  { signal, progress }: Pick<PipelineContext, 'signal' | 'progress'>,
  products: Pick<NumericsContext, 'product' | 'singleProduct'>,
  words: Readonly<Record<string, string>>,
  unit: string,
): NumericsContext {
  return {
    ...products,
    signal,
    onProgress: (done, total, step) => progress({ step: words[step] ?? step, done, total, unit }),
  };
}
