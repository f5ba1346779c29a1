import type { Upload } from '@/lib/api/contracts/uploads';

export type UploadFolder = Upload['folders'][number];

/** One line of the tree: a folder with files of its own, or one that only holds other folders. */
export type FolderLine = {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  /** Samples in this folder and below it. */
  readonly count: number;
  /** Present where the folder itself holds files. */
  readonly own: UploadFolder | null;
  /** Folders with files at or below this one. */
  readonly below: readonly string[];
};

/** Arranges folders as a tree, flattened to lines. A chain of folders that hold nothing but one other folder is one line. */
export function folderLines(folders: readonly UploadFolder[]): FolderLine[] {
  const root = makeNode('', '');
  for (const folder of folders) {
    let node = root;
    const parts = folder.folder === '' ? [] : folder.folder.split('/');
    for (const part of parts) node = childOf(node, part);
    node.own = folder;
  }
  const lines: FolderLine[] = [];
  if (root.own !== null) lines.push(lineOf(root, '(no folder)', 0, true));
  for (const child of root.children.values()) flatten(child, 0, lines);
  return lines;
}

type Node = { path: string; name: string; own: UploadFolder | null; children: Map<string, Node> };

function makeNode(path: string, name: string): Node {
  return { path, name, own: null, children: new Map() };
}

function childOf(node: Node, name: string): Node {
  const known = node.children.get(name);
  if (known !== undefined) return known;
  const child = makeNode(node.path === '' ? name : `${node.path}/${name}`, name);
  node.children.set(name, child);
  return child;
}

function flatten(node: Node, depth: number, into: FolderLine[]): void {
  let name = node.name;
  let shown = node;
  for (;;) {
    const [only, second] = shown.children.values();
    if (shown.own !== null || only === undefined || second !== undefined) break;
    name = `${name}/${only.name}`;
    shown = only;
  }
  into.push(lineOf(shown, name, depth));
  for (const child of shown.children.values()) flatten(child, depth + 1, into);
}

function lineOf(node: Node, name: string, depth: number, alone = false): FolderLine {
  const within = alone ? [node] : descendants(node);
  const owning = within.filter((each) => each.own !== null);
  return { path: node.path, name, depth, own: node.own, count: owning.reduce((sum, each) => sum + (each.own?.count ?? 0), 0), below: owning.map((each) => each.path) };
}

function descendants(node: Node): Node[] {
  return [node, ...[...node.children.values()].flatMap(descendants)];
}
