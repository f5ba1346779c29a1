import { parseArgs } from 'node:util';
import { createSignInLink } from '@/lib/auth/sign-in-link';
import { startChromium } from '../chromium';
import { startInstance } from '../instance';
import { printHead, printMachine } from '../table';
import { measureLasso } from './lasso';
import { workbenchName, workbenchProject } from './project';
import { measureQueries, measureQueriesAlone } from './queries';
import { measurePages } from './screens';

/**
 * What the screens take in a project of many samples: `--count N` (default 50,000), `--data FOLDER` to keep the project and to go on
 * with it the next time. With `--queries` only the questions to the database are measured, in a folder that was kept: no server and no
 * browser are started, and nothing is written.
 */
export async function benchWorkbench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { count: { type: 'string', default: '50000' }, data: { type: 'string' }, queries: { type: 'boolean', default: false } } });
  printMachine();
  if (values.queries) return measureQueriesAlone(values.data, workbenchName(Number(values.count)));
  const instance = await startInstance(values.data);
  try {
    printHead(['step', 's']);
    const projectId = await workbenchProject(instance, Number(values.count));
    await measureQueries(instance.context, projectId);
    const chromium = await startChromium();
    try {
      console.log(`\nChromium ${chromium.browser.version()}, software rendering, 1440 x 900.\n`);
      const context = await chromium.browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(await createSignInLink({ baseUrl: instance.baseUrl, email: instance.context.actor.email }));
      await page.getByRole('heading', { level: 1, name: 'Projects' }).waitFor();
      const address = `${instance.baseUrl}/projects/${projectId}`;
      await measurePages(context, address);
      await measureLasso(context, address);
    } finally {
      await chromium.close();
    }
  } finally {
    await instance.stop();
  }
}
