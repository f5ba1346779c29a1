import { describe, expect, it } from 'vitest';
import { blobOfDataAddress } from './download';

describe('blobOfDataAddress', () => {
  it('reads percent-encoded text', async () => {
    const blob = blobOfDataAddress(`data:image/svg+xml,${encodeURIComponent('<svg>ä, 1</svg>')}`);
    expect(blob.type).toBe('image/svg+xml');
    expect(await blob.text()).toBe('<svg>ä, 1</svg>');
  });

  it('reads base64 bytes', async () => {
    const blob = blobOfDataAddress(`data:image/png;base64,${Buffer.from([137, 80, 255, 0]).toString('base64')}`);
    expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([137, 80, 255, 0]);
  });

  it('refuses anything else', () => {
    expect(() => blobOfDataAddress('https://example.org/x.png')).toThrow('could not be read');
  });
});
