import { parseArgs } from 'node:util';
import { startInstance } from '../instance';
import { printHead, printMachine } from '../table';
import { workbenchProject } from './project';

/**
 * What the screens take in a project of many samples: `--count N` (default 50,000), `--data FOLDER` to keep the project and to go on
 * with it the next time.
 */
export async function benchWorkbench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { count: { type: 'string', default: '50000' }, data: { type: 'string' } } });
  printMachine();
  const instance = await startInstance(values.data);
  try {
    printHead(['step', 's']);
    await workbenchProject(instance, Number(values.count));
  } finally {
    await instance.stop();
  }
}
