import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';
import type { PrismaClient } from './generated/client';

/** Files of a network in the order that its folder is named by. */
export type ModelCopyFile = { readonly name: string; readonly sha256: string };

/** Another process may fill a folder for a network that is not registered yet. */
const YOUNG_MS = 24 * 60 * 60 * 1000;

const parent = (): string => path.join(env().dataDir, 'model-files');

/** Files of a network whose weights lie beside its ONNX file; undefined where they do not. */
export function modelCopyFiles(sha256: string, manifest: unknown): ModelCopyFile[] | undefined {
  const { weights } = manifest as { weights?: readonly ModelCopyFile[] };
  return weights === undefined ? undefined : [{ name: 'model.onnx', sha256 }, ...weights.map((file) => ({ name: file.name, sha256: file.sha256 }))];
}

/** The folder in the data folder where a network's files lie beside one another, as its runtime wants them. */
export function modelCopyFolder(files: readonly ModelCopyFile[]): string {
  return path.join(parent(), createHash('sha256').update(JSON.stringify(files)).digest('hex'));
}

/** Removes folders of networks that are in the library no more. */
export async function sweepModelCopies(store: PrismaClient, now = Date.now()): Promise<void> {
  const present = await readdir(parent()).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (present.length === 0) return;
  const models = await store.model.findMany({ select: { sha256: true, manifest: true } });
  const towers = await store.textTower.findMany({ select: { textSha256: true, weights: true } });
  const all = [...models.map(({ sha256, manifest }) => modelCopyFiles(sha256, manifest)), ...towers.map(({ textSha256, weights }) => modelCopyFiles(textSha256, { weights }))];
  const wanted = new Set(all.map((files) => (files === undefined ? '' : modelCopyFolder(files))));
  for (const folder of present.map((name) => path.join(parent(), name))) {
    if (wanted.has(folder) || now - (await stat(folder)).mtimeMs < YOUNG_MS) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
