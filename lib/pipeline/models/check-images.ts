import type { RgbImage } from '@/lib/inference/preprocess/image';
import { decodeImage } from '@/lib/ingest/decode';
import type { PipelineContext } from '../context';

const COUNT = 4;

/** A few real images of a project, to try a network on; none when there is no project or the server holds no images of it. */
export async function checkImages(projectId: string | null, { store, blobs }: Pick<PipelineContext, 'store' | 'blobs'>): Promise<RgbImage[]> {
  if (projectId === null) return [];
  const samples = await store.sample.findMany({ where: { projectId, format: { not: 'vector' } }, select: { sha256: true }, distinct: ['sha256'], orderBy: { id: 'asc' }, take: COUNT });
  const present = await Promise.all(samples.map(async ({ sha256 }) => ((await blobs.size(sha256)) === null ? [] : [sha256])));
  return Promise.all(present.flat().map(async (sha256) => decodeImage(await blobs.read(sha256))));
}
