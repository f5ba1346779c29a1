import { createHash } from 'node:crypto';
import { MANIFEST_VERSION, type ExportListing, type ListedFile } from '@/lib/api/contracts/export-manifest';

const id = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const sha256Of = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A file to be exported; `mask` as its second picture. */
export type Content = { readonly path: string; readonly image: Buffer; readonly mask?: Buffer };

/** Bytes that look like nothing, the same for each seed. */
export function noise(bytes: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(Uint8Array.from({ length: bytes }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24));
}

/** The listing of an export of these files, as the server would answer it: in order of path. */
export function listingOf(contents: readonly Content[], cutOffAt = '2026-03-29T00:30:31.000Z'): ExportListing {
  const files = contents.map(({ path, image, mask }, n): ListedFile => ({
    path, sha256: sha256Of(image), bytes: image.length, mask: mask === undefined ? null : { path: path.replace(/(\.\w+)?$/, '_mask.png'), sha256: sha256Of(mask) },
    sampleId: id(n + 1), role: 'auxiliary', split: null, defectType: null, qualityLabel: null, generator: '=1+1', prompt: 'rost, "rot"\nneu', parameters: { steps: 3 }, severity: 0.1,
    width: 2, height: 2, format: 'png', original: { folder: 'auxiliary', fileName: path.split('/').at(-1)! },
    score: { quality: 0.1 + 0.2, probability: 0.5, density: null, rarity: 1e-9, zone: 'realistic', spread: null, coveringSpheres: 3, gap: null },
    decision: { verdict: 'accepted', reason: null, note: null, version: 1, userId: 'u', userName: 'Lea', decidedAt: cutOffAt, runId: null },
  }));
  return {
    format: 'assay-export', formatVersion: MANIFEST_VERSION, writtenBy: 'Assay 0', exportId: id(0xe0), project: { id: id(0xa0), name: 'p', objectName: 'plate' }, cutOffAt,
    rule: { runId: null, filter: {} }, run: null, count: files.length, files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
