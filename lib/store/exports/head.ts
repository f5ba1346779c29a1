import { MANIFEST_VERSION, type ManifestHead } from '@/lib/api/contracts/export-manifest';
import { exportRuleSchema } from '@/lib/api/contracts/exports';
import { env } from '@/lib/env';
import type { Export, PrismaClient } from '@/lib/store/generated/client';

/** What the manifest of an export says besides its files. */
export async function exportHead(frozen: Export & { project: { id: string; name: string; objectName: string } }, store: PrismaClient): Promise<ManifestHead> {
  const { id, name, objectName } = frozen.project;
  const run = frozen.runId === null ? null : await store.run.findUnique({ where: { id: frozen.runId }, include: { featureSet: { include: { model: true } } } });
  return {
    format: 'assay-export',
    formatVersion: MANIFEST_VERSION,
    writtenBy: `Assay ${env().version}`,
    exportId: frozen.id,
    project: { id, name, objectName },
    cutOffAt: frozen.cutOffAt.toISOString(),
    rule: exportRuleSchema.parse(frozen.rule),
    run: run && {
      id: run.id,
      evaluator: run.evaluator,
      preset: run.preset,
      parameters: run.parameters,
      seed: run.seed,
      codeVersion: run.codeVersion,
      createdAt: run.createdAt.toISOString(),
      summary: run.summary,
      features: { id: run.featureSetId, fingerprint: run.featureSet.fingerprint, parts: run.featureSet.fingerprintParts, model: run.featureSet.model.name, modelSha256: run.featureSet.model.sha256 },
    },
    count: frozen.count,
  };
}
