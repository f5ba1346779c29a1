import { problemFrom, ProblemError } from '@/lib/api/client';

/**
 * PUTs bytes and tells how many have left; `fetch` cannot tell that of a request body.
 * @returns the parsed JSON answer
 * @throws ProblemError
 */
export function sendFile<T>(url: string, file: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = () => signal.removeEventListener('abort', abort);
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => onSent(event.loaded));
    request.addEventListener('load', () => {
      end();
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else void problemFrom(new Response(request.responseText, { status: request.status })).then((problem) => reject(new ProblemError(problem)));
    });
    request.addEventListener('error', () => {
      end();
      reject(new ProblemError({ type: 'about:blank', title: 'No answer', status: 503, code: 'request.unreachable', detail: 'The connection broke while the file was sent.', hint: 'Check that Assay is running, then try again.' }));
    });
    request.addEventListener('abort', () => {
      end();
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) request.abort();
    else request.send(file);
  });
}
