import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { SetupFailure } from './failure.mjs';
import { fingerprint } from './fingerprint.mjs';
import { tell } from './run.mjs';

const sources = ['lib', 'package-lock.json', 'tsconfig.json'];
const buildFolder = path.join('.assay', 'build');
const kept = 3;

const entryPoints = {
  start: 'lib/cli/start.ts',
  web: 'lib/cli/web.ts',
  worker: 'lib/cli/worker.ts',
  assay: 'lib/cli/assay.ts',
  bench: 'lib/cli/bench/main.ts',
  'protocol-thread': 'lib/cli/bench/protocol/thread.ts',
  'compute-thread': 'lib/pipeline/compute/thread.ts',
  'extraction-thread': 'lib/pipeline/extraction/thread.ts',
};

/** @param {string} file */
export function isSource(file) {
  return !/\.test\.tsx?$/.test(file) && !file.startsWith('lib/store/generated/') && !file.startsWith('lib/store/testing/');
}

/**
 * Where the bundles of the present sources lie or will lie. The name carries a hash of the sources: a running Assay
 * keeps the files it was started from, and a build that was killed half-way leaves nothing under that name.
 * @param {string} root
 */
export function bundleFolder(root) {
  return path.join(root, buildFolder, `code-${fingerprint(root, [...sources, 'prisma/schema.prisma'], isSource)}`);
}

/**
 * Bundles the programs that run outside Next: Node 20 does not run TypeScript.
 * Packages stay in node_modules; only our own code is bundled.
 * @param {string} root
 * @param {string} folder result of bundleFolder
 */
export async function bundle(root, folder) {
  tell('bundling worker and commands');
  const { build, stop } = await import('esbuild');
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: draft,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'linked',
    chunkNames: 'chunk-[hash]',
    logLevel: 'warning',
  }).catch(() => {
    throw new SetupFailure('Bundling failed; the messages of esbuild stand above.');
  });
  // Its helper process would otherwise live as long as ours.
  await stop();
  renameSync(draft, folder);
  removeOld(path.join(root, buildFolder), 'code-');
}

/**
 * Removes all but the newest builds.
 * @param {string} folder
 * @param {string} prefix
 */
export function removeOld(folder, prefix) {
  mkdirSync(folder, { recursive: true });
  const builds = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ file: path.join(folder, name), time: statSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { file } of builds.slice(kept)) rmSync(file, { recursive: true, force: true });
}
