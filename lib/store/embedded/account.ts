import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { AssayError } from '@/lib/errors';

/** A user of the operating system. */
export type Account = { name: string; uid: number; gid: number };

/** One program with its arguments, as it must be spawned. */
export type Invocation = { file: string; args: string[]; uid?: number; gid?: number };

/**
 * How PostgreSQL, which refuses to run as root, is run.
 * - `self`: as whoever runs Assay (not root)
 * - `account`: root hands it to the user `postgres`
 * - `namespace`: root runs it in a user namespace in which it is somebody else; it still passes root's folders
 * - `capability`: the user `postgres` with the right to pass any folder, where namespaces are forbidden
 */
export type Launcher = {
  kind: 'self' | 'account' | 'namespace' | 'capability';
  /** Who must own the data folder; undefined: whoever runs Assay. */
  owner: Account | undefined;
  wrap(binary: string, args: string[]): Invocation;
};

const accountName = 'postgres';

/**
 * Chooses how PostgreSQL runs.
 * @param paths the folders and programs that it must be able to reach
 * @throws AssayError `start.permission` when root has no way to run it
 */
export function chooseLauncher(paths: readonly string[]): Launcher {
  if (process.getuid?.() !== 0) {
    return { kind: 'self', owner: undefined, wrap: (file, args) => ({ file, args }) };
  }
  const existing = findAccount(accountName);
  const reachable = paths.every((target) => isReachable(target, existing));
  const account = existing ?? (reachable ? createAccount() : undefined);
  if (reachable && account !== undefined) return accountLauncher(account);
  return namespaceLauncher() ?? capabilityLauncher(account ?? createAccount()) ?? refuse();
}

/** Whether `account` (or, without one, any stranger) may enter every folder above `target`. */
export function isReachable(target: string, account: Account | undefined): boolean {
  const folder = path.dirname(target);
  if (folder !== target && !isReachable(folder, account)) return false;
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return true;
  if (account !== undefined && stat.uid === account.uid) return (stat.mode & 0o100) !== 0;
  if (account !== undefined && stat.gid === account.gid) return (stat.mode & 0o010) !== 0;
  return (stat.mode & 0o001) !== 0;
}

function accountLauncher(account: Account): Launcher {
  return {
    kind: 'account',
    owner: account,
    wrap: (file, args) => ({ file, args, uid: account.uid, gid: account.gid }),
  };
}

/** initdb asks the system for the name of its user, so root must appear as one that exists. */
function namespaceLauncher(): Launcher | undefined {
  const guise = readAccounts().find((account) => account.uid > 0 && account.uid < 65_534);
  if (guise === undefined) return undefined;
  const prefix = ['--user', `--map-user=${guise.uid}`, '--'];
  if (!succeeds('unshare', [...prefix, 'true'])) return undefined;
  return { kind: 'namespace', owner: undefined, wrap: (file, args) => ({ file: 'unshare', args: [...prefix, file, ...args] }) };
}

function capabilityLauncher(account: Account | undefined): Launcher | undefined {
  if (account === undefined) return undefined;
  const prefix = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  if (!succeeds('setpriv', [...prefix, 'true'])) return undefined;
  return { kind: 'capability', owner: account, wrap: (file, args) => ({ file: 'setpriv', args: [...prefix, file, ...args] }) };
}

function refuse(): never {
  throw new AssayError('start.permission', 'PostgreSQL refuses to run as root, and no other user could be given the data folder.', {
    hint: 'Start Assay as a normal user, choose a folder that others may enter with --data, or set DATABASE_URL.',
  });
}

function createAccount(): Account | undefined {
  const made = succeeds('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', accountName]);
  return made ? findAccount(accountName) : undefined;
}

function findAccount(name: string): Account | undefined {
  return readAccounts().find((account) => account.name === name);
}

function readAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 7)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

function succeeds(file: string, args: string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
}
