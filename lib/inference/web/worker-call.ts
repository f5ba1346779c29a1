import { AssayError, toAssayError, type ErrorCode } from '@/lib/errors';

/** A call to a worker and its answer, as they are posted. */
type Call<Request> = { readonly id: number; readonly request: Request };
type Answer<Result> = { readonly id: number } & ({ readonly result: Result } | { readonly error: { code: ErrorCode; message: string; hint: string | undefined } });

/** Something that takes messages; a Worker, or one end of a MessageChannel in tests. */
export type Channel = Pick<Worker, 'postMessage' | 'addEventListener'> & { terminate?: () => void };

/** Calls of one worker. */
export type WorkerCalls<Request, Result> = {
  call(request: Request, transfer?: Transferable[]): Promise<Result>;
  /** Ends the worker; calls under way fail with `job.cancelled`. */
  end(): void;
};

/** Turns a worker that `answerCalls` serves into a function. Failures keep their code. */
export function callsOf<Request, Result>(channel: Channel): WorkerCalls<Request, Result> {
  const waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: AssayError) => void }>();
  let lastId = 0;
  let ended = false;
  const failAll = (error: AssayError) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  channel.addEventListener('message', (event: Event) => {
    const { data } = event as MessageEvent<Answer<Result>>;
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('result' in data) asked?.resolve(data.result);
    else asked?.reject(new AssayError(data.error.code, data.error.message, { hint: data.error.hint }));
  });
  channel.addEventListener('error', (event: Event) => {
    const message = 'message' in event && typeof event.message === 'string' && event.message !== '' ? event.message : 'it gave no reason';
    failAll(new AssayError('job.failed', `A worker of this page stopped: ${message}.`, { hint: 'Reload the page; what was stored is kept.' }));
  });
  return {
    call(request, transfer = []) {
      if (ended) return Promise.reject(new AssayError('job.cancelled', 'The work was cancelled.'));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        channel.postMessage({ id, request } satisfies Call<Request>, transfer);
      });
    },
    end() {
      ended = true;
      channel.terminate?.();
      failAll(new AssayError('job.cancelled', 'The work was cancelled.'));
    },
  };
}

/** The other side: answers every call that comes, one after another in the order of their coming. */
export function answerCalls<Request, Result>(
  scope: Pick<Worker, 'postMessage' | 'addEventListener'>,
  answer: (request: Request) => Promise<{ result: Result; transfer?: Transferable[] }>,
): void {
  let last: Promise<unknown> = Promise.resolve();
  scope.addEventListener('message', (event: Event) => {
    const { id, request } = (event as MessageEvent<Call<Request>>).data;
    last = last.then(async () => {
      try {
        const { result, transfer = [] } = await answer(request);
        scope.postMessage({ id, result } satisfies Answer<Result>, transfer);
      } catch (thrown) {
        const { code, message, hint } = toAssayError(thrown);
        scope.postMessage({ id, error: { code, message, hint } } satisfies Answer<Result>);
      }
    });
  });
}
