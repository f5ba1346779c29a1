import { describe, expect, it } from 'vitest';
import type { ReviewerReport } from '@/lib/api/contracts/review-queues';
import { decilePlot, decilesCsv, decilesInWords, reviewerLines, reviewersCsv, shareOf } from './review-report';
import { printTones } from './experiments/plots';

const ann: ReviewerReport = {
  userId: 'a', userName: 'Ann <i>', items: 30, accepted: 12, rejected: 8, controls: { anomalies: 6, anomalyHits: 5, normals: 4, normalHits: 3, normalsNamed: 2 },
  scoreAgreement: 0.7, zone: { of: 20, agree: 15 }, colleagues: { of: 0, agree: 0 }, time: { q1: 800, median: 1_200, q3: 2_500 },
  deciles: [{ decile: 1, of: 4, accepted: 1 }, { decile: 10, of: 5, accepted: 5 }],
};
const report = { reviewers: [ann, { ...ann, userId: 'b', userName: 'Bob', time: null, deciles: [] }], deciles: [{ decile: 1, least: 0, largest: 0.1 }, { decile: 10, least: 0.9, largest: 1 }] };

describe('the report of a queue', () => {
  it('gives shares with their Wilson intervals, and none of nothing', () => {
    // Wilson 1927 by hand for 8 of 10: centre (0.8 + z²/20) / (1 + z²/10), half width z √(0.016 + z²/400) / (1 + z²/10).
    expect(shareOf(8, 10)).toMatchObject({ value: 0.8, interval: { low: expect.closeTo(0.4902, 4), high: expect.closeTo(0.9433, 4) } });
    expect(shareOf(0, 0)).toBeNull();
    const [line] = reviewerLines(report);
    expect(line).toMatchObject({ hits: { count: 8, of: 10 }, anomalyHits: { count: 5, of: 6 }, normalHits: { count: 3, of: 4 }, named: { count: 2 }, accepted: { value: 0.6 }, zone: { value: 0.75 }, colleagues: null });
  });

  it('writes the table with as many cells as titles, times in seconds', () => {
    const { header, rows } = reviewersCsv(reviewerLines(report));
    expect(rows.map((row) => row.length)).toEqual([header.length, header.length]);
    expect(rows[0]!.slice(0, 4)).toEqual(['Ann <i>', 30, 8, 10]);
    expect(rows[0]!.slice(-4)).toEqual([0.7, 0.8, 1.2, 2.5]);
    expect(rows[1]!.slice(-3)).toEqual([null, null, null]);
  });

  it('draws a line for each reviewer and writes its data', () => {
    const { data } = decilePlot(report, printTones);
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({ name: 'Ann &lt;i&gt;', y: [0.25, 1] });
    expect(decilesCsv(report).rows[0]!.slice(0, 6)).toEqual(['Ann <i>', 1, 0, 0.1, 1, 4]);
    expect(decilesInWords(report)).toContain('tenth 10 5 of 5');
  });
});
