import { CommanderError } from 'commander';
import { toAssayError, type AssayError, type ErrorCode } from '@/lib/errors';

/** What a command ends with. */
export const exitCodes = { ok: 0, failure: 1, badInput: 2 } as const;

const failures: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'job.failed',
  'job.cancelled',
  'storage.full',
  'hub.unreachable',
  'hub.checksum',
  'storage.failed',
  'database.unavailable',
  'start.port_taken',
  'start.permission',
  'start.node_too_old',
  'start.failed',
]);

/**
 * Tells on stderr, in a sentence or as one JSON object, why a command failed.
 * @returns the exit code: 2 when what the person gave cannot be used, else 1
 */
export function report(thrown: unknown, options: { json?: boolean } = {}): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.badInput;
  const error = toAssayError(thrown);
  process.stderr.write(`${options.json === true ? asJson(error) : asSentence(error)}\n`);
  if (error.code === 'internal' && error.cause instanceof Error) process.stderr.write(`${error.cause.stack ?? ''}\n`);
  return failures.has(error.code) ? exitCodes.failure : exitCodes.badInput;
}

function asSentence(error: AssayError): string {
  return `assay: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`;
}

function asJson(error: AssayError): string {
  const { code, message, hint, details } = error;
  return JSON.stringify({ code, message, hint, details });
}
