import type { ListedFile } from '@/lib/api/contracts/export-manifest';
import { readImage } from '@/lib/browser-store/private-images';
import { AssayError } from '@/lib/errors';
import { answerCalls } from '@/lib/inference/web/worker-call';
import { ExportZip } from './export-zip';
import { clearKeptZip, openKeptZip, putKeptZip } from './kept-zips';
import type { ZipRequest, ZipResult } from './zip-messages';

let opened: Extract<ZipRequest, { kind: 'open' }> | undefined;
let zip: ExportZip | undefined;

async function answer(request: ZipRequest): Promise<ZipResult> {
  if (request.kind === 'open') {
    opened = request;
    return null;
  }
  if (opened === undefined) throw new AssayError('internal', 'No zip was opened.');
  const { projectId, listing } = opened;
  const where = { projectId, exportId: listing.exportId };
  if (request.kind === 'drop') {
    await zip?.drop();
    if (zip !== undefined) await clearKeptZip(where);
    return null;
  }
  if (request.kind === 'look') return { missing: await missing(projectId, listing.files.slice(request.from, request.to)) };
  // Nothing is put down before all images were seen.
  const writing = (zip ??= await ExportZip.into(await openKeptZip(where), listing, (sampleId, variant) => readImage(projectId, sampleId, variant)));
  if (request.kind === 'finish') return putKeptZip(where, () => writing.finish());
  await writing.add(listing.files.slice(request.from, request.to));
  return null;
}

/** Names of the files that are not in this browser. */
async function missing(projectId: string, samples: readonly ListedFile[]): Promise<string[]> {
  const names = await Promise.all(samples.map(async ({ sampleId, mask, original: { fileName } }) => {
    const [image, maskImage] = await Promise.all([readImage(projectId, sampleId, 'original'), mask === null ? null : readImage(projectId, sampleId, 'mask')]);
    return [...(image === null ? [fileName] : []), ...(mask !== null && maskImage === null ? [`the mask of ${fileName}`] : [])];
  }));
  return names.flat();
}

answerCalls<ZipRequest, ZipResult>(self as unknown as Worker, async (request) => ({ result: await answer(request) }));
