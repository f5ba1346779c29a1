import type { EventEmitter } from 'node:events';
import { Command } from 'commander';
import { vi } from 'vitest';
import { report } from '../../report';

/** What a person sees of a command. */
export type Seen = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** A command listens for them until its process ends; here, many commands run in one process. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;

/** Runs a command line in this process through its real registration, and keeps what it writes. */
export async function runCommand(register: (program: Command) => void, args: readonly string[], json = false): Promise<Seen> {
  const events: EventEmitter = process;
  const before = new Map(signals.map((name) => [name, events.listeners(name)]));
  const written = { stdout: '', stderr: '' };
  const streams = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    }),
  );
  try {
    const program = new Command('assay').exitOverride();
    register(program);
    const code = await program.parseAsync([...args], { from: 'user' }).then(
      () => 0,
      (error: unknown) => report(error, { json }),
    );
    return { code, ...written };
  } finally {
    for (const stream of streams) stream.mockRestore();
    for (const name of signals) for (const listener of events.listeners(name)) if (!before.get(name)?.includes(listener)) events.off(name, listener as () => void);
  }
}
