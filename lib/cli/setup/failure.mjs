/** A failure of the set-up: a sentence for the person, no stack. */
export class SetupFailure extends Error {}

/**
 * Puts what the file system said into a sentence.
 * @param {unknown} error
 * @returns {string}
 */
export function sentenceOf(error) {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return `The disk is full${path ? ` (writing ${path})` : ''}.`;
  if (code === 'EACCES' || code === 'EPERM') return `You may not write to ${path ?? 'this folder'}.`;
  if (code === 'EROFS') return `${path ?? 'This folder'} lies on a read-only file system.`;
  return error.message;
}
