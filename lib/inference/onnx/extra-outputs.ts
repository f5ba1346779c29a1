import protobuf from 'protobufjs/minimal.js';

/**
 * Bytes that, put behind an ONNX file, make tensors inside its graph into outputs. The format joins the pieces of a
 * message that occurs twice, so the file itself stays as it is; the runtime finds types and shapes by itself.
 * @param names of tensors of the graph that are no outputs yet
 */
export function extraOutputs(names: readonly string[]): Uint8Array {
  if (names.length === 0) return new Uint8Array(0);
  const graphField = (7 << 3) | 2;
  const outputField = (12 << 3) | 2;
  const nameField = (1 << 3) | 2;
  const writer = protobuf.Writer.create().uint32(graphField).fork();
  for (const name of names) writer.uint32(outputField).fork().uint32(nameField).string(name).ldelim();
  return Uint8Array.from(writer.ldelim().finish());
}
