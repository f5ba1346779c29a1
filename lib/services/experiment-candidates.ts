import type { z } from 'zod';
import { NumericsError } from '@/lib/anomaly/errors';
import { splitCounts, type ProtocolPreset } from '@/lib/anomaly/protocol/split-counts';
import type { experimentCandidateListSchema, ExperimentCandidate } from '@/lib/api/contracts/experiments';
import type { PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';

/** Tables of so many columns are taken for features of images; the person can say otherwise. */
const EMBEDDING_COLUMNS = 256;

export type Candidate = ExperimentCandidate;

/** Feature sets of every project that the caller may see and for which the server computes, with what keeps one from taking part. */
export async function listExperimentCandidates(context: ServiceContext): Promise<z.infer<typeof experimentCandidateListSchema>> {
  return { candidates: await candidatesOf(context, 'paper') };
}

/** The same for a way of splitting, which sets how many anomalies are needed. */
export async function candidatesOf({ store, actor }: ServiceContext, split: ProtocolPreset): Promise<Candidate[]> {
  const visible = actor.isAdmin ? {} : { members: { some: { userId: actor.userId } } };
  const sets = await store.featureSet.findMany({
    where: { state: 'ready', project: { ...visible, isPrivate: false } },
    include: { model: { select: { name: true } }, project: { select: { name: true, kind: true } } },
    orderBy: [{ project: { name: 'asc' } }, { createdAt: 'desc' }],
  });
  const countsOf = await realSamples(store, [...new Set(sets.map(({ projectId }) => projectId))]);
  return sets.map((set) => {
    const { normals, anomalies } = countsOf(set.projectId);
    return {
      featureSetId: set.id,
      projectId: set.projectId,
      projectName: set.project.name,
      source: set.model.name,
      kind: set.project.kind === 'vector' && set.dim < EMBEDDING_COLUMNS ? 'tabular' : 'image',
      dim: set.dim,
      normals,
      anomalies,
      createdAt: set.createdAt.toISOString(),
      obstacle: obstacleOf(anomalies, normals, split),
    };
  });
}

type RealSamples = { readonly normals: number; readonly anomalies: number };

async function realSamples(store: PrismaClient, projectIds: readonly string[]): Promise<(projectId: string) => RealSamples> {
  const groups = await store.sample.groupBy({
    by: ['projectId', 'role'],
    where: { projectId: { in: [...projectIds] }, role: { in: ['normal', 'anomaly'] }, excluded: false },
    _count: { _all: true },
  });
  const count = (projectId: string, role: string) => groups.find((group) => group.projectId === projectId && group.role === role)?._count._all ?? 0;
  return (projectId) => ({ normals: count(projectId, 'normal'), anomalies: count(projectId, 'anomaly') });
}

function obstacleOf(anomalies: number, normals: number, split: ProtocolPreset): string | null {
  try {
    splitCounts(anomalies, normals, split);
    return null;
  } catch (error) {
    if (error instanceof NumericsError) return error.message;
    throw error;
  }
}
