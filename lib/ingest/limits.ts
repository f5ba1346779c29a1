/** Images with more pixels are refused before one is decoded: 100 megapixels take 300 MB as RGB. */
export const MAX_PIXELS = 100_000_000;
/** Larger image files are refused before they are read into memory. */
export const MAX_IMAGE_BYTES = 512 * 1024 * 1024;
/** Larger archives are refused while they arrive. */
export const MAX_ARCHIVE_BYTES = 100 * 1024 ** 3;
/** Larger metadata files are refused: 64 MiB are some 300,000 lines. */
export const MAX_METADATA_BYTES = 64 * 1024 * 1024;
