import sharp from 'sharp';
import { createProject } from '@/lib/services/projects';
import { startInstance, type Instance } from './instance';
import { cells, printHead, printMachine } from './table';
import { upload, type Source } from './uploading';

const many = 5000;
const few = 500;

/** Distinct small photographs (JPEG, 96 x 96 px) in ten folders, made anew each time they are read. */
function sources(count: number, first: number): Source[] {
  return Array.from({ length: count }, (_, i) => ({
    path: `auxiliary/defect-${i % 10}/${String(first + i).padStart(6, '0')}.jpg`,
    read: () => photograph(first + i),
  }));
}

function photograph(seed: number): Promise<Buffer> {
  const side = 96;
  const pixels = Buffer.alloc(side * side * 3);
  let state = (seed + 1) >>> 0;
  for (let i = 0; i < pixels.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = 96 + (i % 64) + (state >>> 27);
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 85 }).toBuffer();
}

async function line(instance: Instance, name: string, files: readonly Source[], resetEvery?: number): Promise<void> {
  const { id: projectId } = await createProject(instance.context, { name, objectName: 'part' });
  instance.resetPeaks();
  const before = instance.cpuSeconds();
  const { sendSeconds, seconds, resets, upload: end } = await upload(instance, projectId, files, resetEvery);
  const { web, worker } = instance.peaks();
  const after = instance.cpuSeconds();
  const stored = end.counts.stored ?? 0;
  const rate = (took: number) => (files.length / took).toFixed(0);
  const cpuMs = (of: 'web' | 'worker') => (((after[of] - before[of]) / files.length) * 1000).toFixed(1);
  console.log(cells([name, String(stored), String(resets), rate(sendSeconds), rate(seconds), cpuMs('web'), cpuMs('worker'), web.toFixed(0), worker.toFixed(0)]));
  if (stored !== files.length) throw new Error(`${stored} of ${files.length} files are stored: ${JSON.stringify(end.counts)}`);
}

/** One drop of 5,000 small files through the HTTP routes, and the same with every hundredth connection cut half-way. */
export async function benchUpload(): Promise<void> {
  printMachine();
  const instance = await startInstance();
  try {
    const { web, worker } = instance.peaks();
    printHead(['drop', 'stored', 'connections cut', 'files/s received', 'files/s until samples', 'web, CPU ms/file', 'worker, CPU ms/file', 'web, peak MiB', 'worker, peak MiB']);
    console.log(cells(['(after the start)', '', '', '', '', '', '', web.toFixed(0), worker.toFixed(0)]));
    await line(instance, `${few} files`, sources(few, 0));
    await line(instance, `${many} files`, sources(many, few));
    await line(instance, `${many} files, 1 % cut`, sources(many, few + many), 100);
  } finally {
    await instance.stop();
  }
}
