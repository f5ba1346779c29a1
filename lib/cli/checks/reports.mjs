/** @typedef {import('./step.mjs').Outcome} Outcome */

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { name: string, status: string, message?: string,
 *     assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} VitestReport
 */

/**
 * Reads vitest's JSON report. A file that could not even be loaded has no tests of its own and counts as one failure.
 * @param {VitestReport} report
 * @param {boolean} exitedCleanly
 * @returns {Outcome}
 */
export function readVitest(report, exitedCleanly) {
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return settle(
    { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, skipped: report.numPendingTests + (report.numTodoTests ?? 0) },
    exitedCleanly,
  );
}

/**
 * Reads Playwright's JSON report. A test that passes only when tried again counts as failed; an error outside the
 * tests (a server that does not start) as one failure.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 * @param {boolean} exitedCleanly
 * @returns {Outcome}
 */
export function readPlaywright({ stats, errors }, exitedCleanly) {
  return settle({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }, exitedCleanly);
}

/**
 * The failures of a report, in words: test by test, or the file that could not be loaded.
 * @param {VitestReport} report
 */
export function vitestFailures({ testResults }) {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message = '', assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [`${name}\n${beginning(message)}`];
      return failed.map(({ fullName, failureMessages = [] }) => `${name}: ${fullName}\n${beginning(failureMessages.join('\n'))}`);
    })
    .join('\n');
}

/**
 * What vitest logged of errors outside its tests, which its report leaves out: without them a run in which every test passed
 * fails and does not say why.
 * @param {string} log
 */
export function vitestUnhandled(log) {
  const lines = log.split('\n');
  const from = lines.findIndex((line) => /⎯ (Unhandled|Startup) /.test(line));
  return from < 0 ? '' : lines.slice(from, from + 40).join('\n');
}

/** @param {string} message */
function beginning(message) {
  return message.split('\n').slice(0, 8).join('\n').replace(/^/gm, '  ');
}

/**
 * A runner that ended badly, or that ran nothing at all, must not look like a success.
 * @param {Outcome} outcome
 * @param {boolean} exitedCleanly
 * @returns {Outcome}
 */
function settle(outcome, exitedCleanly) {
  if (outcome.passed + outcome.failed === 0) return { ...outcome, failed: 1, note: 'no test was run' };
  if (!exitedCleanly && outcome.failed === 0) return { ...outcome, failed: 1, note: 'the runner ended with an error' };
  return outcome;
}
