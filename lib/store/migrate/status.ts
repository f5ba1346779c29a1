import type { Migration } from './migrations';

/** Names of migrations that the database lacks or holds in another form than the files. */
export function missingMigrations(migrations: readonly Migration[], applied: readonly { name: string; checksum: string }[]): string[] {
  const checksums = new Map(applied.map((row) => [row.name, row.checksum]));
  return migrations.filter((migration) => checksums.get(migration.name) !== migration.checksum).map((migration) => migration.name);
}
