import { createServer } from 'node:net';
import { AssayError } from '@/lib/errors';
import { waitUntil } from '@/lib/store/embedded/process';

/** A killed Assay's web process needs a moment to notice and let go of the port. */
const patienceMs = 4_000;

/**
 * Makes sure that an address can be bound.
 * @throws AssayError `start.port_taken`, `start.permission` or `start.failed`, each in one sentence
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  let problem: NodeJS.ErrnoException | undefined;
  await waitUntil(async () => {
    problem = await tryBinding(host, port);
    return problem?.code !== 'EADDRINUSE';
  }, patienceMs);
  if (problem !== undefined) throw explain(problem, host, port);
}

function tryBinding(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): AssayError {
  if (error.code === 'EADDRINUSE') {
    return new AssayError('start.port_taken', `Port ${port} on ${host} is taken by another program.`, {
      hint: 'Choose another one with --port.',
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new AssayError('start.permission', `You may not use port ${port} on ${host}.`, {
      hint: 'Choose one above 1023 with --port.',
      cause: error,
    });
  }
  return new AssayError('start.failed', `This machine has no address ${host}.`, { hint: 'Choose another one with --host.', cause: error });
}
