import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupFailure } from '../setup/failure.mjs';
import { run, tell } from '../setup/run.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Path of a Chromium for the browser tests: CHROME_PATH, an installed one, or, for root on Debian, one that is
 * installed now. Playwright's own would be a download that a closed network does not let through.
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) return given;
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    throw new SetupFailure('The browser tests need Chromium or Chrome: install one, or set CHROME_PATH.');
  }
  tell('installing chromium for the browser tests');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get update', 'apt-get', ['update', '-qq'], { cwd: '/', env, quiet: true });
  await run('apt-get install chromium', 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { cwd: '/', env, quiet: true });
  return '/usr/bin/chromium';
}
