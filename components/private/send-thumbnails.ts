import { sendBody } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { heldSampleIds, readImage } from '@/lib/browser-store/private-images';
import { thumbnailText } from '../upload/thumbnail-text';

/** A body of the API may have 4 MB; thumbnails have 75 kB at most. */
const atOnce = 20;

/** Sends the thumbnails of all images in this browser. @returns how many the server took */
export async function sendThumbnails(projectId: string, onProgress: (done: number, total: number) => void): Promise<number> {
  const ids = [...(await heldSampleIds(projectId))];
  let stored = 0;
  for (let at = 0; at < ids.length; at += atOnce) {
    const read = await Promise.all(ids.slice(at, at + atOnce).map(async (sampleId) => {
      const file = await readImage(projectId, sampleId, 'thumbnail');
      const thumbnail = file === null ? null : await thumbnailText(file);
      return thumbnail === null ? [] : [{ sampleId, thumbnail }];
    }));
    const thumbnails = read.flat();
    if (thumbnails.length > 0) stored += (await sendBody(addresses.keepThumbnails, { params: { projectId }, body: { thumbnails } })).stored;
    onProgress(Math.min(at + atOnce, ids.length), ids.length);
  }
  return stored;
}
