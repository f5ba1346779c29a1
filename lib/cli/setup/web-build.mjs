import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { isSource, removeOld } from './bundle.mjs';
import { compressAssets } from './compress-assets.mjs';
import { fingerprint } from './fingerprint.mjs';
import { run, tell } from './run.mjs';

const sources = ['app', 'components', 'lib', 'next.config.js', 'tsconfig.json', 'package.json', 'package-lock.json', 'prisma/schema.prisma'];
const buildFolder = path.join('.assay', 'build');
const complete = 'assay-complete';

/**
 * Where the web build of the present sources lies or will lie, relative to root as Next wants it. One folder per
 * hash of the sources, so that a new build never changes the files of a running server.
 * @param {string} root
 */
export function webFolder(root) {
  const hash = fingerprint(root, sources, (file) => isSource(file) && !/^lib\/cli\//.test(file));
  return `.assay/build/web-${hash}`;
}

/**
 * @param {string} root
 * @param {string} folder result of webFolder
 */
export function isWebBuilt(root, folder) {
  return existsSync(path.join(root, folder, complete));
}

/**
 * @param {string} root
 * @param {string} folder result of webFolder
 */
export async function buildWeb(root, folder) {
  tell('building the web interface (next build)');
  rmSync(path.join(root, folder), { recursive: true, force: true });
  await run('next build', process.execPath, [path.join('node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: root,
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ASSAY_DIST_DIR: folder, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey(root) },
  });
  compressAssets(path.join(root, folder));
  writeFileSync(path.join(root, folder, complete), '');
  removeOld(path.join(root, buildFolder), 'web-');
}

/**
 * The key of the server actions: from the environment (several machines need the same one), else one per clone.
 * With a new key at every build, open pages could not call actions after an update.
 * @param {string} root
 * @returns {string} 32 bytes in base64
 */
export function actionsKey(root) {
  const given = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY;
  if (given) return given;
  const file = path.join(root, '.assay', 'actions.key');
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}
