import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tell } from './run.mjs';

const source = path.join('node_modules', 'onnxruntime-web');
const target = path.join('public', 'ort');
const stamp = path.join(target, '.version');

/** ONNX Runtime with WebGPU (and WASM beside it), and the smaller one with WASM alone; each with what it loads. */
const files = [
  'ort.webgpu.min.mjs',
  'ort-wasm-simd-threaded.asyncify.mjs',
  'ort-wasm-simd-threaded.asyncify.wasm',
  'ort.wasm.min.mjs',
  'ort-wasm-simd-threaded.mjs',
  'ort-wasm-simd-threaded.wasm',
];

/**
 * Whether public/ort holds the runtime of the installed version.
 * @param {string} root
 */
export function isBrowserRuntimeCopied(root) {
  const held = path.join(root, stamp);
  return existsSync(held) && readFileSync(held, 'utf8') === wanted(root);
}

/**
 * Copies what browsers need of ONNX Runtime to public/ort, from where the web process serves it: no browser of Assay
 * ever asks another host for it.
 * @param {string} root
 */
export function copyBrowserRuntime(root) {
  tell('copying the runtime for browsers');
  const folder = path.join(root, target);
  rmSync(path.join(root, stamp), { force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    // A running Assay may be serving the old one.
    const draft = path.join(folder, `${file}.new`);
    copyFileSync(path.join(root, source, 'dist', file), draft);
    renameSync(draft, path.join(folder, file));
  }
  writeFileSync(path.join(root, stamp), wanted(root));
}

/**
 * What the stamp says: version and list of files.
 * @param {string} root
 */
function wanted(root) {
  const { version } = JSON.parse(readFileSync(path.join(root, source, 'package.json'), 'utf8'));
  return [version, ...files].join('\n');
}
