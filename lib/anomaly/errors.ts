/** Codes of the error catalogue (lib/errors.ts) that the numerics can raise. */
export type NumericsErrorCode =
  | 'data.not_finite'
  | 'data.ragged'
  | 'data.shape'
  | 'data.one_class'
  | 'data.too_few_rows'
  | 'image.unchanged'
  | 'parameter.invalid'
  | 'job.cancelled';

/** A failure of the numerics; `code` is one of the application's stable error codes, `message` a full sentence. */
export class NumericsError extends Error {
  readonly code: NumericsErrorCode;

  constructor(code: NumericsErrorCode, message: string) {
    super(message);
    this.name = 'NumericsError';
    this.code = code;
  }
}
