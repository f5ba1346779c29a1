import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest, vitestFailures, vitestUnhandled, type VitestReport } from './reports.mjs';

const vitest: VitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, testResults: [] };
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

describe('vitestFailures', () => {
  it('names each failed test with its message, and files that could not be loaded', () => {
    const testResults = [
      { name: 'a.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'adds' },
          { status: 'failed', fullName: 'divides', failureMessages: ['expected 1 to be 2'] },
        ],
      },
      { name: 'c.test.ts', status: 'passed', assertionResults: [] },
    ];
    expect(vitestFailures({ ...vitest, testResults })).toBe('a.test.ts\n  Cannot find module\nb.test.ts: divides\n  expected 1 to be 2');
  });
});

describe('vitestUnhandled', () => {
  it('finds the errors outside tests between the lines of the tests', () => {
    const log = ' ✓ a.test.ts (1 test) 2ms\n\n⎯⎯⎯⎯⎯⎯ Unhandled Errors ⎯⎯⎯⎯⎯⎯\n\nError: gone\n';
    expect(vitestUnhandled(log)).toBe('⎯⎯⎯⎯⎯⎯ Unhandled Errors ⎯⎯⎯⎯⎯⎯\n\nError: gone\n');
    expect(vitestUnhandled(' ✓ a.test.ts (1 test) 2ms\n')).toBe('');
  });
});

describe('readPlaywright', () => {
  it('counts flaky tests and errors outside tests as failures', () => {
    expect(readPlaywright(playwright, true)).toEqual({ passed: 3, failed: 0, skipped: 0 });
    expect(readPlaywright({ stats: { ...playwright.stats, flaky: 1 }, errors: [{}] }, true)).toMatchObject({ passed: 3, failed: 2 });
    expect(readPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 4 }, errors: [] }, true)).toMatchObject({ failed: 1 });
  });
});
