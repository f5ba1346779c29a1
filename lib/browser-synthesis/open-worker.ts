import { callsOf, type WorkerCalls } from '@/lib/inference/web/worker-call';
import type { SynthesisRequest, SynthesisResult } from './messages';

/** Starts a web worker that makes synthetic anomalies, one after another. */
export function openSynthesis(): WorkerCalls<SynthesisRequest, SynthesisResult> {
  return callsOf(new Worker(new URL('./synthesis-worker.ts', import.meta.url), { type: 'module' }));
}
