import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const places = [process.env['CHROME_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** What a page's process uses, in MiB. */
export type PageMemory = {
  /** JavaScript of the page and of its workers, WebAssembly memory included, after a garbage collection. */
  readonly script: number;
  /** Resident memory of the process that runs the page and its workers. */
  readonly resident: number;
};

/** A Chromium of this machine whose page tells what it uses. */
export type MeasuredBrowser = {
  readonly browser: Browser;
  /** Resident memory of the largest page's process in MiB. */
  resident(): number;
  close(): Promise<void>;
};

/** Starts Chromium. @throws Error where none is installed */
export async function startChromium(): Promise<MeasuredBrowser> {
  const executablePath = places.find((file) => file !== undefined && file !== '' && existsSync(file));
  if (executablePath === undefined) throw new Error('this needs Chromium or Chrome: install one, or set CHROME_PATH');
  // Not bundled: the benchmarks alone need it.
  const { chromium } = await import('@playwright/test');
  const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--enable-blink-features=ForceEagerMeasureMemory'];
  const server = await chromium.launchServer({ executablePath, args });
  const browser = await chromium.connect(server.wsEndpoint());
  const root = server.process().pid ?? 0;
  return {
    browser,
    resident: () => Math.max(0, ...descendants(root).filter(isRenderer).map(residentMiB)),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Processes below one (Linux only). */
function descendants(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      const stat = read(`/proc/${pid}/stat`);
      return stat === '' ? [] : [[Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
    }),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || (parent > 1 && isBelow(parent)));
  };
  return [...parents.keys()].filter(isBelow);
}

const isRenderer = (pid: number): boolean => read(`/proc/${pid}/cmdline`).includes('--type=renderer');

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
}

/** Empty when the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
