import { execFileSync } from 'node:child_process';

/** A process, recognised again also when its number has been given to another one. */
export type Process = { readonly pid: number; readonly parent: number; readonly started: string; readonly command: string };

/** All processes of this machine. */
export function listProcesses(): Process[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,lstart=,args='], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), parent: Number(match[2]), started: match[3] ?? '', command: match[4] ?? '' }];
  });
}

/** Everything that `pid` started, directly or through others, as far as it runs now. */
export function descendantsOf(pid: number): Process[] {
  const all = listProcesses();
  const found: Process[] = [];
  const parents = [pid];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const child of all.filter((process) => process.parent === parent)) {
      found.push(child);
      parents.push(child.pid);
    }
  }
  return found;
}

/** Those of `processes` that still run. A dead child that nobody has waited for holds nothing any more. */
export function stillRunning(processes: readonly Process[]): Process[] {
  const now = new Map(listProcesses().map((process) => [process.pid, process]));
  return processes.filter(({ pid, started }) => now.get(pid)?.started === started && !/<defunct>/.test(now.get(pid)?.command ?? ''));
}
