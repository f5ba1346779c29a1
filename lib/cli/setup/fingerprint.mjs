import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * A hash of the names and contents of files; folders count with everything below them.
 * @param {string} root
 * @param {readonly string[]} targets paths relative to root; missing ones count as missing
 * @param {(file: string) => boolean} [wanted] takes a path relative to root, with forward slashes
 * @returns {string} 16 hex digits
 */
export function fingerprint(root, targets, wanted = () => true) {
  const hash = createHash('sha256');
  for (const file of targets.flatMap((target) => filesOf(root, target)).filter(wanted)) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * @param {string} root
 * @param {string} target
 * @returns {string[]}
 */
function filesOf(root, target) {
  const stat = statSync(path.join(root, target), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [target];
  const names = readdirSync(path.join(root, target)).sort();
  return names.filter((name) => !name.startsWith('.')).flatMap((name) => filesOf(root, `${target}/${name}`));
}
