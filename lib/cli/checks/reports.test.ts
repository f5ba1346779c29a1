import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from './reports.mjs';

const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, success: true, testResults: [] };
const playwright = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe('readVitest', () => {
  it('counts tests', () => {
    expect(readVitest(vitest, true)).toEqual({ passed: 5, failed: 0, skipped: 1 });
    expect(readVitest({ ...vitest, numFailedTests: 2 }, false)).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }];
    expect(readVitest({ ...vitest, testResults }, false)).toMatchObject({ passed: 5, failed: 1 });
  });

  it('takes neither an empty run nor a crash for a success', () => {
    expect(readVitest({ ...vitest, numPassedTests: 0 }, true)).toMatchObject({ passed: 0, failed: 1, note: 'no test was run' });
    expect(readVitest(vitest, false)).toMatchObject({ passed: 5, failed: 1, note: 'the runner ended with an error' });
  });
});

describe('readPlaywright', () => {
  it('counts flaky tests and errors outside tests as failures', () => {
    expect(readPlaywright(playwright, true)).toEqual({ passed: 3, failed: 0, skipped: 0 });
    expect(readPlaywright({ stats: { ...playwright.stats, flaky: 1 }, errors: [{}] }, true)).toMatchObject({ passed: 3, failed: 2 });
    expect(readPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 4 }, errors: [] }, true)).toMatchObject({ failed: 1 });
  });
});
