import { z } from 'zod';
import { idSchema } from './common';
import { announcedFileSchema } from './uploads';

/** Formats that the decoders of a browser read. */
export const keptFormatSchema = z.enum(['png', 'jpeg', 'webp', 'bmp', 'tiff']);

const thumbnailSchema = z.base64().max(100_000);

/** What the server learns of an image that stays in a browser, or why the browser cannot use the file. */
export const keptFileInputSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('kept'),
    width: z.number().int().min(1).max(100_000),
    height: z.number().int().min(1).max(100_000),
    format: keptFormatSchema,
    /** Of a TIFF; only the first is used. */
    pages: z.number().int().min(1),
    /** WebP of at most 256 pixels, in base64; only where the project sends thumbnails. */
    thumbnail: thumbnailSchema.nullable(),
    /** Of a mask: SHA-256 of the PNG that the browser keeps of it; exports are checked with it. */
    maskSha256: z.string().regex(/^[0-9a-f]{64}$/).optional(),
  }),
  z.object({ outcome: z.literal('refused'), code: z.string().regex(/^(image|mask)\./).max(60), message: z.string().max(500) }),
]);
export type KeptFileInput = z.infer<typeof keptFileInputSchema>;

/** `image`: the file is the sample. `mask`: it belongs to the sample. `waiting`: a mask whose image is not there yet. */
export const keptFileSchema = announcedFileSchema.extend({ as: z.enum(['image', 'mask', 'waiting']) });
export type KeptFile = z.infer<typeof keptFileSchema>;

/** Thumbnails of samples that came while the project sent none. */
export const keepThumbnailsSchema = z.object({ thumbnails: z.array(z.object({ sampleId: idSchema, thumbnail: thumbnailSchema })).min(1).max(40) });
