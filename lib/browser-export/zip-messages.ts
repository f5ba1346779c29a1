import type { ExportListing } from '@/lib/api/contracts/export-manifest';

/** What is asked of the worker that writes a zip; samples are named by their places in the listing, `to` exclusive. */
export type ZipRequest =
  | { readonly kind: 'open'; readonly projectId: string; readonly listing: ExportListing }
  | { readonly kind: 'look'; readonly from: number; readonly to: number }
  | { readonly kind: 'add'; readonly from: number; readonly to: number }
  | { readonly kind: 'finish' }
  /** Puts nothing in place of what was there before. */
  | { readonly kind: 'drop' };

/** `look`: files that are not in this browser. */
export type Looked = { readonly missing: readonly string[] };
export type WrittenZip = { readonly sha256: string; readonly bytes: number };
export type ZipResult = Looked | WrittenZip | null;
