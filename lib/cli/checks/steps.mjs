import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare } from '../setup/prepare.mjs';
import { findChromium } from './chromium.mjs';
import { readPlaywright, readVitest, vitestFailures, vitestUnhandled } from './reports.mjs';
import { check, reportFolder, runLogged, tail } from './step.mjs';

/** @typedef {import('./step.mjs').Outcome} Outcome */
/** @typedef {{ title: string, run: () => Promise<Outcome> }} Step */

/** @param {string} name a path inside node_modules */
const tool = (name) => path.join('node_modules', ...name.split('/'));

const next = tool('next/dist/bin/next');

/** @type {Step} */
const types = {
  title: 'types',
  run: () => check('types', [[next, 'typegen'], [tool('typescript/bin/tsc'), '--noEmit', '-p', '.']]),
};

/** @type {Step} */
const lint = {
  title: 'lint',
  run: () => check('lint', [[tool('eslint/bin/eslint.js'), '-c', '.config/eslint.config.mjs', '--max-warnings', '0', '.']]),
};

/** @type {Step} */
const rooms = {
  title: 'rooms and arrows',
  run: () =>
    check('rooms', [
      [tool('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.config/dependency-cruiser.cjs', 'app', 'components', 'lib'],
    ]),
};

/** @type {Step} */
const deadCode = {
  title: 'dead code',
  run: () => check('dead-code', [[tool('knip/bin/knip.js'), '--config', '.config/knip.json', '--no-progress']]),
};

/** @type {Step} */
const unit = { title: 'unit tests', run: () => vitest('unit', 'mocked') };

/** @type {Step} */
const integration = { title: 'integration tests', run: () => vitest('integration', 'integration-mocked') };

/** @type {Step} */
const build = {
  title: 'production build',
  async run() {
    await prepare({ web: true });
    return { passed: 1, failed: 0, skipped: 0 };
  },
};

/** @type {Step} */
const browser = {
  title: 'browser tests',
  async run() {
    const report = path.join(reportFolder, 'browser.json');
    rmSync(report, { force: true });
    const { ok, log, reason } = await runLogged('browser', [tool('@playwright/test/cli.js'), 'test', '-c', 'e2e/playwright.config.ts', '--reporter=list,json'], {
      CHROME_PATH: await findChromium(),
      PLAYWRIGHT_JSON_OUTPUT_NAME: path.resolve(report),
    });
    if (!existsSync(report)) return crash(reason, log);
    const outcome = readPlaywright(JSON.parse(readFileSync(report, 'utf8')), ok);
    return outcome.failed === 0 ? outcome : { ...outcome, note: `${outcome.note ?? ''}\n${tail(log)}` };
  },
};

/**
 * Each lane is a row of steps; the two lanes of a stage run side by side, the stages one after the other.
 * The browser tests have the machine for themselves: they are the ones that can be too slow.
 * @type {Step[][][]}
 */
export const stages = [
  [
    [types, rooms, deadCode, integration],
    [lint, unit, build],
  ],
  [[browser]],
];

/**
 * @param {...('unit' | 'mocked' | 'integration' | 'integration-mocked')} projects the first one names log and report
 * @returns {Promise<Outcome>}
 */
async function vitest(...projects) {
  const [name = ''] = projects;
  const report = path.join(reportFolder, `${name}.json`);
  rmSync(report, { force: true });
  const args = ['run', '--config', '.config/vitest.config.ts', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { ok, log, reason } = await runLogged(name, [tool('vitest/vitest.mjs'), ...args]);
  if (!existsSync(report)) return crash(reason, log);
  /** @type {import('./reports.mjs').VitestReport} */
  const found = JSON.parse(readFileSync(report, 'utf8'));
  const outcome = readVitest(found, ok);
  if (outcome.failed === 0) return outcome;
  const why = [vitestFailures(found), vitestUnhandled(readFileSync(log, 'utf8'))].filter(Boolean).join('\n');
  return { ...outcome, note: `${outcome.note ?? ''}\n${why || tail(log)}` };
}

/**
 * A runner that left no report counts as one failure.
 * @param {string} reason
 * @param {string} log
 * @returns {Outcome}
 */
function crash(reason, log) {
  return { passed: 0, failed: 1, skipped: 0, note: `${reason}\n${tail(log)}` };
}
