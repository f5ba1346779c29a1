import { randomBytes } from 'node:crypto';
import type { Transaction } from '@/lib/store/client';
import { Prisma, type Sample } from '@/lib/store/generated/client';

/** What all rows of a table have in common. */
export type TableRowsShared = Pick<Sample, 'projectId' | 'vectorTableId' | 'uploadId' | 'folder' | 'bytes' | 'prompt' | 'severity'> & { readonly parameters: unknown };
export type TableRow = Pick<Sample, 'sha256' | 'fileName' | 'role' | 'split' | 'defectType' | 'qualityLabel' | 'generator' | 'vectorRow'>;

/**
 * Enters rows of a table as samples, in order; rows that the project holds already are passed over. One statement with one
 * JSON parameter: a parameter per value, as the client would send it, takes ten times as long.
 * @returns how many were new
 */
export async function insertTableRows(transaction: Transaction, shared: TableRowsShared, rows: readonly TableRow[]): Promise<number> {
  const ids = orderedIds(rows.length);
  const text = JSON.stringify(rows.map((row, i) => ({ id: ids[i], ...row })));
  const { projectId, vectorTableId, uploadId, folder, bytes, prompt, severity } = shared;
  const parameters = shared.parameters === null || shared.parameters === Prisma.DbNull ? null : JSON.stringify(shared.parameters);
  return transaction.$executeRaw`
    INSERT INTO "Sample" ("id", "projectId", "vectorTableId", "uploadId", "folder", "bytes", "prompt", "severity", "parameters", "format",
      "sha256", "fileName", "role", "split", "defectType", "qualityLabel", "generator", "vectorRow")
    SELECT r."id", ${projectId}::uuid, ${vectorTableId}::uuid, ${uploadId}::uuid, ${folder}, ${bytes}::int, ${prompt}::text, ${severity}::float8, ${parameters}::jsonb, 'vector',
      r."sha256", r."fileName", r."role"::"SampleRole", r."split"::"Split", r."defectType", r."qualityLabel"::"QualityLabel", r."generator", r."vectorRow"
    FROM jsonb_to_recordset(${text}::jsonb) AS r("id" uuid, "sha256" text, "fileName" text, "role" text, "split" text, "defectType" text, "qualityLabel" text, "generator" text, "vectorRow" int)
    ORDER BY r."vectorRow"
    ON CONFLICT DO NOTHING`;
}

/** UUIDs of version 7 that rise, as the lists of samples are ordered by id: the time, a random start, and a count from there. */
function orderedIds(count: number): string[] {
  const time = Date.now().toString(16).padStart(12, '0');
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7${randomBytes(2).toString('hex').slice(1)}`;
  // 60 bits of which the first is 0, so that the count cannot run over.
  const start = randomBytes(8).readBigUInt64BE() >> 5n;
  return Array.from({ length: count }, (_, i) => {
    const tail = (start + BigInt(i)).toString(16).padStart(15, '0');
    return `${head}-8${tail.slice(0, 3)}-${tail.slice(3)}`;
  });
}
