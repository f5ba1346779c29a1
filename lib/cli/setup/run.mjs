import { spawn } from 'node:child_process';
import { SetupFailure } from './failure.mjs';

/**
 * Runs a program of the set-up. Its output goes to our stderr, because stdout belongs to what the command answers.
 * @param {string} title what is being done, for the message of a failure
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string>, quiet?: boolean }} options `quiet`: show the output only on failure
 * @returns {Promise<void>}
 */
export function run(title, file, args, { cwd, env = {}, quiet = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      shell: file.endsWith('.cmd'),
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => reject(new SetupFailure(`${title} could not be run: ${error.message}.`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      process.stderr.write(output);
      reject(new SetupFailure(`${title} failed (${signal ?? `exit code ${code}`}); its messages stand above.`));
    });
  });
}

/**
 * Tells on stderr what the set-up is doing.
 * @param {string} message
 */
export function tell(message) {
  process.stderr.write(`assay: ${message}\n`);
}
