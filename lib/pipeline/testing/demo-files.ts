import sharp from 'sharp';
import { generateDemoSet } from '@/lib/demo/demo-set';
import { encodeDemoImage } from '@/lib/demo/encode';
import { demoProducts } from '@/lib/demo/products/catalogue';
import type { DemoCounts } from '@/lib/demo/types';

/** Photographs of a demo product in small, by path: an upload. */
export async function demoFiles(counts: DemoCounts, edge: number): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const sample of generateDemoSet(demoProducts[0]!, 1, counts)) files[sample.path] = await sharp(await encodeDemoImage(sample)).resize(edge, edge).png().toBuffer();
  return files;
}
