import * as ort from 'onnxruntime-node';

/** Execution providers that a setting can ask for. */
export const onnxProviders = ['cpu', 'cuda', 'coreml', 'directml', 'openvino'] as const;
export type OnnxProvider = (typeof onnxProviders)[number];

/** Names that ONNX Runtime's package for Node knows them by. */
const runtimeNames: Readonly<Record<OnnxProvider, string>> = { cpu: 'cpu', cuda: 'cuda', coreml: 'coreml', directml: 'dml', openvino: 'openvino' };

/** The provider's name for a session's list. */
export function runtimeName(provider: OnnxProvider): string {
  return runtimeNames[provider];
}

function supportedHere(): string[] {
  return ort.listSupportedBackends().map(({ name }) => name);
}

/**
 * Why the CPU computes in place of the wanted provider, as a sentence for people; undefined where nothing speaks against trying it.
 * @param supported providers that the installed package was built with
 */
export function absenceOf(provider: OnnxProvider, supported: readonly string[] = supportedHere()): string | undefined {
  if (provider === 'cpu' || supported.includes(runtimeNames[provider])) return undefined;
  return `The installed ONNX Runtime has no "${provider}" (it has ${supported.join(', ')}); the CPU computes instead.`;
}

/** The same where the package has the provider, but no session could be made with it. */
export function failureOf(provider: OnnxProvider, reason: string): string {
  return `ONNX Runtime cannot use "${provider}" here (${reason}); the CPU computes instead.`;
}
