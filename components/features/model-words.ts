import type { Model } from '@/lib/api/contracts/features';

/** What the screen reads of a manifest; everything is optional, because registered files bring their own. */
type KnownManifest = { description?: unknown; licence?: unknown; source?: unknown; input?: { width?: unknown; height?: unknown; channels?: unknown } };

function manifestOf(model: Model): KnownManifest {
  return typeof model.manifest === 'object' && model.manifest !== null ? model.manifest : {};
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

/** "128 × 128 px, colour", or null where the manifest does not say. */
export function inputSize(model: Model): string | null {
  const { input } = manifestOf(model);
  if (typeof input?.width !== 'number' || typeof input.height !== 'number') return null;
  return `${input.width} × ${input.height} px, ${input.channels === 'grey' ? 'grey' : 'colour'}`;
}

export function modelDescription(model: Model): string | null {
  return textOf(manifestOf(model).description);
}

export function modelLicence(model: Model): string | null {
  return textOf(manifestOf(model).licence);
}

/** A manifest to start from. */
export const manifestExample = JSON.stringify(
  {
    id: 'my-network',
    name: 'My network',
    input: { name: 'input', width: 224, height: 224, layout: 'nchw', channels: 'rgb', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    resize: { mode: 'shortest', edge: 256 },
    output: { name: 'output', pooling: 'none' },
    licence: 'Apache-2.0',
    source: 'where the file comes from',
  },
  null,
  2,
);
