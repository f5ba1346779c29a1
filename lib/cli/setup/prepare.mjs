import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { copyBrowserRuntime, isBrowserRuntimeCopied } from './browser-runtime.mjs';
import { bundle, bundleFolder } from './bundle.mjs';
import { generate, isGenerated } from './generate.mjs';
import { install, isInstalled } from './install.mjs';
import { withSetupLock } from './lock.mjs';
import { actionsKey, buildWeb, isWebBuilt, webFolder } from './web-build.mjs';

/** The folder of this copy of Assay. */
export const root = path.resolve(import.meta.dirname, '..', '..', '..');

/**
 * @typedef {object} Wanted
 * @property {boolean} [bundles] the programs that run outside Next (default true)
 * @property {boolean} [web] the production build of the web interface (default false)
 */

/**
 * Makes a clone ready: packages, Prisma client, bundles and, where wanted, the web build; only what is missing or
 * older than its sources. Only one process does so at a time. Sets the variables that tell the programs where it is.
 * @param {Wanted} wanted
 * @returns {Promise<{ program: (name: string) => string }>} `program` gives the path of a bundled program
 */
export async function prepare({ bundles = true, web = false }) {
  if (!isReady({ bundles, web })) {
    await withSetupLock(path.join(root, '.assay', 'setup.lock'), async () => {
      if (!isInstalled(root)) await install(root);
      if (!isGenerated(root)) await generate(root);
      // Before any web process starts: Next lists public/ once.
      if (!isBrowserRuntimeCopied(root)) copyBrowserRuntime(root);
      if (bundles && !existsSync(bundleFolder(root))) await bundle(root, bundleFolder(root));
      if (web && !isWebBuilt(root, webFolder(root))) await buildWeb(root, webFolder(root));
    });
  }
  process.chdir(root);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  process.env.ASSAY_VERSION = version;
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = actionsKey(root);
  if (web) process.env.ASSAY_DIST_DIR = webFolder(root);
  return { program: (name) => path.join(bundleFolder(root), `${name}.mjs`) };
}

/** @param {Required<Wanted>} wanted */
function isReady({ bundles, web }) {
  if (!isInstalled(root) || !isGenerated(root) || !isBrowserRuntimeCopied(root)) return false;
  if (bundles && !existsSync(bundleFolder(root))) return false;
  return !web || isWebBuilt(root, webFolder(root));
}
