import { pathToFileURL } from 'node:url';
import { SetupFailure, sentenceOf } from './failure.mjs';
import { prepare } from './prepare.mjs';

/**
 * Prepares the clone and runs one of its bundled programs in this process.
 * @param {string} name
 * @param {import('./prepare.mjs').Wanted} [wanted]
 */
export async function launch(name, wanted = {}) {
  try {
    const { program } = await prepare(wanted);
    process.setSourceMapsEnabled(true);
    await import(pathToFileURL(program(name)).href);
  } catch (error) {
    const isKnown = error instanceof SetupFailure || (error instanceof Error && 'code' in error);
    process.stderr.write(`assay: ${isKnown ? sentenceOf(error) : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
