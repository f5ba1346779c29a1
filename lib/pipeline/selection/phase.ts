import type { PipelineContext } from '../context';

/** The same context for one phase of a longer job: its steps are named after the phase. */
export function phase(context: PipelineContext, name: string): PipelineContext {
  context.progress({ step: name, done: 0, total: null, rate: null });
  return { ...context, progress: (update) => context.progress(update.step === undefined ? update : { ...update, step: `${name}: ${update.step}` }) };
}
