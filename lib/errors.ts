/**
 * Every failure that a person can meet. `code` is stable (scripts may test for it), `message` says what
 * happened, `hint` says what to do about it.
 */
export const errorCatalogue = {
  // the request
  'request.invalid': 400,
  'request.unauthenticated': 401,
  'request.forbidden': 403,
  'request.not_found': 404,
  'request.conflict': 409,
  'request.too_large': 413,
  'request.rate_limited': 429,
  'request.stale_client': 409,
  /** The browser got no answer from the server. */
  'request.unreachable': 503,
  // files and images
  'image.empty': 422,
  'image.truncated': 422,
  'image.not_an_image': 422,
  'image.unsupported_format': 422,
  'image.too_many_pixels': 422,
  /** A generator of synthetic anomalies could not change the image. */
  'image.unchanged': 422,
  'archive.invalid': 422,
  'archive.too_large': 422,
  'path.unsafe': 422,
  'mask.unmatched': 422,
  'upload.hash_mismatch': 422,
  'upload.closed': 409,
  'metadata.invalid': 422,
  'table.invalid': 422,
  // numbers
  'data.not_finite': 422,
  'data.ragged': 422,
  'data.shape': 422,
  'data.one_class': 422,
  'data.too_large': 422,
  /** Images and vectors in one project. */
  'data.mixed': 422,
  'data.too_few_rows': 422,
  'parameter.invalid': 422,
  // models
  'model.invalid': 422,
  'model.shape': 422,
  'model.missing': 404,
  /** The network gives no vectors of parts of an image, of which heat maps are made. */
  'patches.none': 422,
  /** The hub (or mirror) that networks are downloaded from. */
  'hub.unreachable': 502,
  'hub.not_found': 404,
  /** The hub wants a token, or its owner's consent. */
  'hub.gated': 403,
  'hub.checksum': 422,
  'features.fingerprint_mismatch': 409,
  /** A runtime gives other vectors than the server for the same images. */
  'parity.failed': 422,
  /** The server has no images of a private project and computes nothing for it. */
  'project.private': 409,
  /** An image of a private project is not in this browser. */
  'private.image_missing': 404,
  /** The browser gives no room (or no access) to keep images. */
  'private.no_storage': 507,
  // running
  'job.cancelled': 409,
  'job.failed': 500,
  'experiment.all_failed': 422,
  'export.expired': 410,
  /** An item of a review queue went to a colleague, or was answered. */
  'review.lease_lost': 409,
  'review.closed': 409,
  'storage.full': 507,
  'storage.failed': 500,
  'database.unavailable': 503,
  'start.port_taken': 500,
  'start.permission': 500,
  'start.node_too_old': 500,
  'start.failed': 500,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorCatalogue;

export type ErrorDetail = { path: string; message: string };

/** A failure with a stable code, a sentence for the person and, where there is one, the next step. */
export class AssayError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: readonly ErrorDetail[] | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string | undefined; details?: readonly ErrorDetail[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AssayError';
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
  }

  /** HTTP status that this code is answered with. */
  get status(): number {
    return errorCatalogue[this.code];
  }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
}

/**
 * Turns anything thrown into an AssayError. The pure rooms (lib/anomaly) throw their own errors that carry a
 * `code` of the catalogue; unknown failures become `internal` and keep their cause.
 */
export function toAssayError(thrown: unknown): AssayError {
  if (thrown instanceof AssayError) return thrown;
  if (!(thrown instanceof Error)) return new AssayError('internal', String(thrown), { cause: thrown });
  const code = 'code' in thrown && isErrorCode(thrown.code) ? thrown.code : 'internal';
  return new AssayError(code, thrown.message, { cause: thrown });
}
