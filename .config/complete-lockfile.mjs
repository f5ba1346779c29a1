// Adds what npm leaves out of package-lock.json when a registry does not offer a package's build for another
// platform: `npm ci` then calls the lockfile out of step. Run after `npm install` if lockfile.test.ts says so:
//     node .config/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], optionalDependencies?: Record<string, string> }} Entry */
/** @typedef {{ parent: string, name: string, range: string }} Gap */

const systems = ['darwin', 'win32', 'android', 'freebsd', 'openharmony', 'linux'];
const processors = ['wasm32', 'arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];

/**
 * The optional dependencies that have no entry.
 * @param {Record<string, Entry>} packages `packages` of a lockfile
 * @returns {Gap[]}
 */
export function findGaps(packages) {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isResolvable(packages, parent, name))
      .map(([name, range]) => ({ parent, name, range })),
  );
}

/**
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 * @returns {boolean}
 */
function isResolvable(packages, from, name) {
  if (`${from === '' ? '' : `${from}/`}node_modules/${name}` in packages) return true;
  if (from === '') return false;
  const cut = from.lastIndexOf('node_modules/');
  return isResolvable(packages, cut <= 0 ? '' : from.slice(0, cut - 1), name);
}

/**
 * Such packages carry their platform in their names.
 * @param {Gap} gap
 * @param {Entry | undefined} parent
 * @returns {Entry}
 */
function entryFor({ name, range }, parent) {
  const words = name.split(/[/-]/);
  const cpu = processors.find((processor) => words.includes(processor));
  const os = systems.find((system) => words.includes(system));
  if (cpu === undefined) throw new Error(`Cannot tell the platform of ${name}: add it to package-lock.json by hand.`);
  return {
    version: range.replace(/^[\^~]/, ''),
    cpu: [cpu],
    ...(parent?.dev === true ? { dev: true } : {}),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.resolve(import.meta.dirname, '..', 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  for (const gap of findGaps(lock.packages)) lock.packages[`node_modules/${gap.name}`] = entryFor(gap, lock.packages[gap.parent]);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
