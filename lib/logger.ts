import pino, { type Logger } from 'pino';
import { env } from './env';

let root: Logger | undefined;

/**
 * A logger for one part of the program. Writes JSON lines to stderr: stdout belongs to what a command answers.
 * Never hand it passwords, tokens or whole requests.
 */
export function logger(part: string): Logger {
  root ??= pino({ level: env().logLevel, base: { pid: process.pid } }, pino.destination({ fd: 2, sync: true }));
  return root.child({ part });
}
