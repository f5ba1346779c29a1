import { searchWords } from '@/lib/api/contracts/search-words';
import { Prisma } from '@/lib/store/generated/client';

/**
 * Conditions on a sample (alias s) that hold when its texts contain every word, in any case: file name, folder, defect type, generator,
 * prompt, tags and notes of decisions. A word may lie in any of them. Tags and notes are looked through once, not once for each sample.
 */
export function textConditions(projectId: string, text: string | undefined): Prisma.Sql[] {
  return text === undefined ? [] : searchWords(text).map((word) => holdsWord(projectId, `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`));
}

function holdsWord(projectId: string, pattern: string): Prisma.Sql {
  return Prisma.sql`(
    concat_ws(chr(10), s."fileName", s."folder", s."defectType", s."generator", s."prompt") ILIKE ${pattern}
    OR s."id" IN (SELECT "sampleId" FROM "SampleTag" WHERE "projectId" = ${projectId}::uuid AND "tag" ILIKE ${pattern})
    OR s."id" IN (SELECT "sampleId" FROM "Decision" WHERE "projectId" = ${projectId}::uuid AND "note" ILIKE ${pattern}))`;
}
