import { describe, expect, it } from 'vitest';
import { browserExportLine, browserExportShare } from './browser-export-words';

describe('browserExportLine', () => {
  it('says what is being done', () => {
    expect(browserExportLine({ progress: null })).toBe('Reading scores and decisions');
    expect(browserExportLine({ progress: { step: 'looking', done: 200, total: 1000, samplesPerSecond: null } })).toBe('Looking for the images in this browser · 200 of 1,000 samples');
    expect(browserExportLine({ progress: { step: 'writing', done: 0, total: 1, samplesPerSecond: null } })).toBe('0 of 1 sample');
    expect(browserExportLine({ progress: { step: 'writing', done: 500, total: 1000, samplesPerSecond: 50 } })).toBe('500 of 1,000 samples · 50.0 samples/s · 10 s left');
    expect(browserExportLine({ progress: { step: 'writing', done: 1000, total: 1000, samplesPerSecond: 50 } })).toBe('1,000 of 1,000 samples · 50.0 samples/s');
  });
});

describe('browserExportShare', () => {
  it('is known once the zip is being written', () => {
    expect(browserExportShare({ progress: { step: 'looking', done: 200, total: 1000, samplesPerSecond: null } })).toBeNull();
    expect(browserExportShare({ progress: { step: 'writing', done: 250, total: 1000, samplesPerSecond: 5 } })).toBe(0.25);
  });
});
