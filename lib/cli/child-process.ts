import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, type Variables } from '@/lib/env';

const logLimitBytes = 20 * 2 ** 20;

export type ChildPlan = {
  /** Name in messages and of the log file. */
  name: string;
  /** The bundled program. */
  program: string;
  environment: Variables;
  logFolder: string;
};

export type SupervisedChild = {
  /** Ends it: asks first, kills after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
};

/** How often and how fast a crashed child is started again. */
export type RestartPolicy = { delaysMs: readonly number[]; healthyAfterMs: number };

const defaultPolicy: RestartPolicy = { delaysMs: [250, 500, 1_000, 2_000, 4_000, 8_000], healthyAfterMs: 60_000 };

/**
 * Keeps a program running: starts it again when it ends, each time a little later, and gives up when it has ended
 * once more than the policy has delays, without having run long enough in between to count as healthy.
 * @param onGiveUp told once, with the exit code or signal of the last end
 */
export function supervise(
  plan: ChildPlan,
  onGiveUp: (reason: string) => void,
  policy: RestartPolicy = defaultPolicy,
): SupervisedChild {
  let crashes = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let child = launch();

  function launch(): ChildProcess {
    const startedAt = performance.now();
    const started = startChild(plan);
    started.once('exit', (code, signal) => ended(startedAt, signal ?? `exit code ${code}`));
    started.once('error', (error) => ended(startedAt, error.message));
    return started;
  }

  function ended(startedAt: number, reason: string): void {
    if (stopping) return;
    if (performance.now() - startedAt > policy.healthyAfterMs) crashes = 0;
    const delay = policy.delaysMs[crashes];
    crashes += 1;
    if (delay === undefined) return onGiveUp(reason);
    timer = setTimeout(() => (child = launch()), delay);
  }

  return {
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      await endChild(child, graceMs);
    },
  };
}

/** Its own session, so that Ctrl+C in the terminal reaches only us and the order of stopping stays ours. */
function startChild({ name, program, environment, logFolder }: ChildPlan): ChildProcess {
  mkdirSync(logFolder, { recursive: true });
  const log = openLog(path.join(logFolder, `${name}.log`));
  try {
    return spawn(process.execPath, ['--enable-source-maps', program], {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: childEnvironment(environment),
    });
  } finally {
    closeSync(log);
  }
}

function openLog(file: string): number {
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > logLimitBytes) truncateSync(file);
  return descriptor;
}

function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(killer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
