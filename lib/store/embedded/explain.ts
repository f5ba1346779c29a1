import { AssayError, type ErrorCode } from '@/lib/errors';

type Explanation = { pattern: RegExp; code: ErrorCode; sentence: (folder: string) => string; hint: string };

const explanations: readonly Explanation[] = [
  {
    pattern: /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i,
    code: 'storage.full',
    sentence: (folder) => `The disk that holds ${folder} is full.`,
    hint: 'Free some space, or choose another data folder with --data.',
  },
  {
    pattern: /read-only file system|EROFS/i,
    code: 'start.permission',
    sentence: (folder) => `${folder} lies on a read-only file system.`,
    hint: 'Choose another data folder with --data.',
  },
  {
    pattern: /permission denied|operation not permitted|wrong ownership|invalid permissions|EACCES|EPERM/i,
    code: 'start.permission',
    sentence: (folder) => `You may not write to ${folder}.`,
    hint: 'Change its owner or its mode, or choose another data folder with --data.',
  },
  {
    pattern: /ENOENT.*mkdir|ENOTDIR|EEXIST.*mkdir/i,
    code: 'start.failed',
    sentence: (folder) => `No folder can be made at ${folder}.`,
    hint: 'Choose another data folder with --data.',
  },
  {
    pattern: /database files are incompatible with server/i,
    code: 'start.failed',
    sentence: (folder) => `The database in ${folder} was made by another major version of PostgreSQL.`,
    hint: 'Restore a dump of it into a new data folder, or set DATABASE_URL to a server of that version.',
  },
];

/**
 * Puts what PostgreSQL or the file system said into one sentence.
 * @param output the program's messages, or the message of a file system error
 */
export function explainFailure(output: string, folder: string, action: string): AssayError {
  const known = explanations.find((explanation) => explanation.pattern.test(output));
  if (known !== undefined) {
    return new AssayError(known.code, known.sentence(folder), { hint: known.hint, cause: output });
  }
  const reason = lastComplaint(output);
  return new AssayError('start.failed', `PostgreSQL could not ${action}${reason === undefined ? '' : `: ${reason}`}.`, {
    hint: `Its log lies beside ${folder}; DATABASE_URL makes Assay use a server of your own.`,
    cause: output,
  });
}

/** Runs work on files and puts its system errors into a sentence. */
export async function explaining<T>(folder: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AssayError || !(error instanceof Error) || !('code' in error)) throw error;
    throw explainFailure(`${String(error.code)} ${error.message}`, folder, action);
  }
}

function lastComplaint(output: string): string | undefined {
  const complaints = output.split('\n').filter((line) => /(FATAL|PANIC|ERROR|error|fatal):/.test(line));
  const last = complaints.at(-1) ?? output.trim().split('\n').at(-1);
  return last?.replace(/^.*?(FATAL|PANIC|ERROR|error|fatal):\s*/, '').replace(/\.$/, '') || undefined;
}
