import { describe, expect, it } from 'vitest';
import type { FolderRole } from '@/lib/api/contracts/uploads';
import { sampleFields } from './sample-fields';

const anomalies: FolderRole = { role: 'anomaly', split: 'test', defectType: 'crack', qualityLabel: null };
const synthetic: FolderRole = { role: 'auxiliary', split: null, defectType: 'crack', qualityLabel: 'realistic' };

describe('sampleFields', () => {
  it('takes the role of the folder where the metadata says nothing', () => {
    expect(sampleFields(synthetic, null)).toEqual({ ...synthetic, generator: null, prompt: null, parameters: null, severity: null });
  });

  it('lets the metadata of the file go first, and drops what does not go with the role', () => {
    expect(sampleFields(anomalies, { role: 'normal', severity: 0 })).toMatchObject({ role: 'normal', split: 'test', defectType: null, severity: 0 });
    expect(sampleFields(anomalies, { role: 'auxiliary', qualityLabel: 'unrealistic' })).toMatchObject({ role: 'auxiliary', split: null, defectType: 'crack', qualityLabel: 'unrealistic' });
    expect(sampleFields(synthetic, { role: 'anomaly' })).toMatchObject({ role: 'anomaly', defectType: 'crack', qualityLabel: null });
    expect(sampleFields(anomalies, { qualityLabel: 'realistic' }).qualityLabel).toBeNull();
  });
});
