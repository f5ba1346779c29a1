import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '..');

/** What never belongs to a page: a browser's own updates, first-run pages and calls home. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Machines without a graphics card draw WebGL in software.
  '--enable-unsafe-swiftshader',
];

const installed = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium of this machine, or undefined: then Playwright looks for the one that it installed itself. */
export const executablePath = installed.find((file) => file !== undefined && file !== '' && existsSync(file));

const screenshots = process.env.ASSAY_SCREENSHOTS === '1';

/**
 * Browser tests against one real Assay, which the global setup starts from the production build (or finds under
 * ASSAY_E2E_URL). `npm test` gives the reporter on the command line. ASSAY_E2E_TRACE=1 records what failed step by step.
 */
export default defineConfig({
  testDir: screenshots ? '.' : 'specs',
  testMatch: screenshots ? 'screenshots.ts' : '*.spec.ts',
  outputDir: path.join(root, 'test-results'),
  globalSetup: path.join(import.meta.dirname, 'setup', 'global-setup.ts'),
  // Tests make people and projects of their own; while one waits for the server or a job, the other goes on.
  workers: 2,
  // Tests of one file share nothing: none waits for the file of the other worker to end.
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    // Recording what every test does takes a seventh of the time of all; a picture and a description of the page that failed are kept anyway.
    trace: process.env.ASSAY_E2E_TRACE === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { args: chromiumArguments, ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
