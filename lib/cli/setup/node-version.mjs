// Runs on any Node that knows modules, so that an old one gets a sentence and no syntax error.
const oldest = { major: 20, minor: 19 };

/** Ends the process with one sentence when this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  console.error(`Assay needs Node.js ${oldest.major}.${oldest.minor} or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org.`);
  process.exit(1);
}
