import path from 'node:path';
import { expect, it } from 'vitest';
import { absenceOf, onnxProviders } from './provider';
import { openExtractor } from './extractor';
import { builtInModels } from '../registry';

it('says what the package lacks, and tries what it has', () => {
  expect(absenceOf('openvino', ['cpu', 'cuda'])).toBe('The installed ONNX Runtime has no "openvino" (it has cpu, cuda); the CPU computes instead.');
  expect(absenceOf('cuda', ['cpu', 'cuda'])).toBeUndefined();
  expect(absenceOf('directml', ['cpu', 'dml'])).toBeUndefined();
  expect(absenceOf('cpu', [])).toBeUndefined();
});

it.each(onnxProviders)('extracts with "%s" or, with a sentence, on the CPU', { timeout: 60_000 }, async (provider) => {
  const [embedded] = (await builtInModels(path.resolve(import.meta.dirname, '../../../public/models'))).filter(({ manifest }) => manifest.id === 'scattering');
  const extractor = await openExtractor(embedded!.modelPath, embedded!.manifest, { threads: 1, provider });
  await extractor.close();
  if (extractor.fingerprint.provider === provider) expect(extractor.notice).toBeUndefined();
  else {
    expect(extractor.fingerprint.provider).toBe('cpu');
    expect(extractor.notice).toContain(`"${provider}"`);
    expect(extractor.notice).toMatch(/the CPU computes instead\.$/);
  }
});
