import { describe, expect, it } from 'vitest';
import { countTests, summaryLine } from '../../../scripts/lib/test-report.mjs';
import { withoutHandWritten } from '../../../scripts/prisma-offline/drift.mjs';

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('the last line', () => {
  it('names skipped tests only when there are any', () => {
    expect(summaryLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('counts a file that broke before its first test, and a failure only the exit code knows', () => {
    const broken = { ...clean, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countTests(broken, 1).failed).toBe(1);
    expect(countTests(clean, 1).failed).toBe(1);
    expect(countTests(clean, 0)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  });
});

describe('schema drift', () => {
  const sql = '-- DropIndex\nDROP INDEX "by_hand";\n\n-- DropIndex\nDROP INDEX "lost";\n';

  it('leaves out indexes that only SQL can say', () => {
    expect(withoutHandWritten(sql, new Set(['by_hand']))).toBe('-- DropIndex\nDROP INDEX "lost";\n');
    expect(withoutHandWritten(sql, new Set(['by_hand', 'lost']))).toBe('');
    expect(withoutHandWritten('-- This is an empty migration.\n', new Set())).toBe('');
  });
});
