import { AssayError, toAssayError } from '@/lib/errors';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { decodeImage } from '@/lib/ingest/decode';

/** Why a file gave nothing, null where it gave values; plain data, because errors lose their code between threads. */
export type FileOutcome = null | { readonly code: AssayError['code']; readonly message: string; readonly hint: string | undefined };

/** `values` holds equally many numbers for each file without a failure, one file after the other. */
export type EmbeddedFiles = { readonly outcomes: readonly FileOutcome[]; readonly values: Float32Array };

/** What the files are turned into: `prepare` gives a network's input; `embed`, where present, turns inputs into vectors. */
export type FileEmbedder = {
  readonly prepare: (image: RgbImage) => Float32Array;
  readonly embed?: ((inputs: readonly Float32Array[]) => Promise<Float32Array>) | undefined;
};

/** Decodes files (in the threads of sharp), prepares what could be decoded and runs it through the network where there is one. */
export async function embedFiles({ prepare, embed }: FileEmbedder, files: readonly Uint8Array[]): Promise<EmbeddedFiles> {
  // The decoded image is let go at once: what waits for the network is no larger than the network's input.
  const prepared = await Promise.all(
    files.map((file) =>
      decodeImage(file)
        .then((image) => ({ input: prepare(image), outcome: null }))
        .catch((thrown: unknown) => ({ input: undefined, outcome: outcomeOf(thrown) })),
    ),
  );
  const inputs = prepared.flatMap(({ input }) => (input === undefined ? [] : [input]));
  const outcomes = prepared.map(({ outcome }) => outcome);
  if (embed === undefined) return { outcomes, values: joined(inputs) };
  return { outcomes, values: inputs.length === 0 ? new Float32Array(0) : await embed(inputs) };
}

function outcomeOf(thrown: unknown): FileOutcome {
  const { code, message, hint } = toAssayError(thrown);
  return { code, message, hint };
}

/** The error that an outcome was. */
export function errorOf({ code, message, hint }: NonNullable<FileOutcome>): AssayError {
  return new AssayError(code, message, { hint });
}

function joined(inputs: readonly Float32Array[]): Float32Array {
  const values = new Float32Array(inputs.reduce((sum, input) => sum + input.length, 0));
  let at = 0;
  for (const input of inputs) {
    values.set(input, at);
    at += input.length;
  }
  return values;
}
