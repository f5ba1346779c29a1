import path from 'node:path';

/** Resolves a path that a person gave on the command line: npm changes the working folder and remembers theirs. */
export function userPath(given: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
}
