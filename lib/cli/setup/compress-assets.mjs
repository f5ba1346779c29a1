import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** The highest levels take ten times as long for a few per cent. */
const quality = 9;

/**
 * Writes scripts and styles of a web build a second time, compressed with Brotli, beside the plain ones (`name.js.br`); lib/cli/compressed-assets.ts
 * serves them.
 * @param {string} folder of the web build
 */
export function compressAssets(folder) {
  const statics = path.join(folder, 'static');
  for (const name of readdirSync(statics, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css)$/.test(name)) continue;
    const plain = readFileSync(path.join(statics, name));
    const packed = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } });
    writeFileSync(path.join(statics, `${name}.br`), packed);
  }
}
