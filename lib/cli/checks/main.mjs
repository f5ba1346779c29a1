import { SetupFailure, sentenceOf } from '../setup/failure.mjs';
import { prepare } from '../setup/prepare.mjs';
import { tell } from '../setup/run.mjs';
import { stages } from './steps.mjs';

/** @typedef {import('./step.mjs').Outcome} Outcome */
/** @typedef {import('./steps.mjs').Step} Step */

/**
 * `npm test`: sets up, runs every check, and ends with "N passed, N failed" alone on a line. N counts tests, and one
 * for each check that is not made of tests. Exit code 1 when any failed.
 */
export async function main() {
  const total = await runAll();
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** @returns {Promise<Outcome>} */
async function runAll() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    await prepare({ bundles: false });
  } catch (error) {
    tell(describe(error));
    return { ...total, failed: 1 };
  }
  for (const lanes of stages) {
    const outcomes = await Promise.all(lanes.map(runLane));
    for (const outcome of outcomes.flat()) {
      total.passed += outcome.passed;
      total.failed += outcome.failed;
    }
  }
  return total;
}

/**
 * @param {Step[]} steps
 * @returns {Promise<Outcome[]>}
 */
async function runLane(steps) {
  const outcomes = [];
  for (const step of steps) {
    const startedAt = performance.now();
    const outcome = await step.run().catch((error) => ({ passed: 0, failed: 1, skipped: 0, note: describe(error) }));
    print(step.title, outcome, (performance.now() - startedAt) / 1000);
    outcomes.push(outcome);
  }
  return outcomes;
}

/**
 * @param {string} title
 * @param {Outcome} outcome
 * @param {number} seconds
 */
function print(title, { passed, failed, skipped, note }, seconds) {
  const counts = `${String(passed).padStart(5)} ok ${String(failed).padStart(4)} bad ${String(skipped).padStart(4)} skipped`;
  process.stdout.write(`${failed === 0 ? 'ok  ' : 'FAIL'} ${title.padEnd(18)} ${counts} ${seconds.toFixed(1).padStart(7)} s\n`);
  if (note !== undefined) process.stdout.write(`${note.trim().replace(/^/gm, '     | ')}\n`);
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof SetupFailure || !(error instanceof Error)) return sentenceOf(error);
  return error.stack ?? error.message;
}
