import { appendFile, constants, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { extraOutputs } from '@/lib/inference/onnx/extra-outputs';

/**
 * Writes beside an ONNX file one that has a tensor inside its graph as an output too.
 * @returns its path
 */
export async function withExtraOutput(onnx: string, tensor: string): Promise<string> {
  const target = path.join(path.dirname(onnx), 'with-output.onnx');
  await copyFile(onnx, target, constants.COPYFILE_FICLONE);
  await appendFile(target, extraOutputs([tensor]));
  return target;
}
