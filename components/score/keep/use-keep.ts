'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { pickDiverse, startKeepAnalysis } from '@/app/actions/keep';
import { callAction, getColumns, getJson } from '@/lib/api/client';
import type { ActionInput } from '@/lib/api/contracts/actions';
import { addresses } from '@/lib/api/contracts/addresses';
import type { Run } from '@/lib/api/contracts/runs';
import { copiesAbove } from '@/lib/figures/keep/copies';
import { analysisOf, curveOf } from '@/lib/figures/keep/curves';
import { refreshJobs } from '../../jobs/use-jobs';
import { projectKey } from '../../projects/keys';
import type { Cut } from '../cut/use-cut';

const keys = {
  analyses: (projectId: string) => [...projectKey(projectId), 'keep'] as const,
  columns: (projectId: string, analysisId: string) => [...projectKey(projectId), 'keep-columns', analysisId] as const,
  picks: (projectId: string) => [...projectKey(projectId), 'picks'] as const,
  pick: (projectId: string, pickId: string) => [...projectKey(projectId), 'pick', pickId] as const,
};

/** Analyses of how many samples to keep, newest first; followed while one runs. */
export function useKeepAnalyses(projectId: string) {
  return useQuery({
    queryKey: keys.analyses(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.keepAnalyses, { params: { projectId }, signal })).analyses,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'pending') ? 2_000 : false),
  });
}

/** Distances of an analysis; they never change. */
function useKeepColumns(projectId: string, analysisId: string | null) {
  return useQuery({
    queryKey: keys.columns(projectId, analysisId ?? ''),
    queryFn: ({ signal }) => getColumns(addresses.keepAnalysisColumns, { params: { projectId, analysisId: analysisId ?? '' }, signal }),
    enabled: analysisId !== null,
    staleTime: Infinity,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

/** What the newest analysis of a run tells of its ranking: the curve, and near copies above every cut. Null parts are not known; copies are counted where a cut is set. */
export function useKeepFigures(projectId: string, run: Run, cut: Cut) {
  const analyses = useKeepAnalyses(projectId);
  const analysis = useMemo(() => analysisOf(analyses.data ?? [], run.id), [analyses.data, run.id]);
  const columns = useKeepColumns(projectId, analysis?.id ?? null);
  const { table, ranking, keep } = cut;
  const isCut = keep !== null;
  const copies = useMemo(() => (isCut && analysis && columns.data ? copiesAbove(columns.data, analysis, run.id, table, ranking()) : null), [isCut, analysis, columns.data, run.id, table, ranking]);
  return { analyses: analyses.data, analysis, curve: analysis && curveOf(analysis.summary, run.id), copies, error: analyses.error ?? columns.error };
}

export type KeepFigures = ReturnType<typeof useKeepFigures>;

export function useStartKeepAnalysis(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'startKeepAnalysis'>, 'projectId'>) => callAction(startKeepAnalysis, { projectId, ...input }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: keys.analyses(projectId) }), refreshJobs(client, projectId)]),
  });
}

/** Diverse choices, newest first; followed while one is made. */
export function useDiversePicks(projectId: string) {
  return useQuery({
    queryKey: keys.picks(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.diversePicks, { params: { projectId }, signal })).picks,
    refetchInterval: ({ state }) => (state.data?.some((one) => one.state === 'pending') ? 2_000 : false),
  });
}

/** One ready choice with its samples; it never changes. */
export function useDiversePick(projectId: string, pickId: string | null) {
  return useQuery({
    queryKey: keys.pick(projectId, pickId ?? ''),
    queryFn: ({ signal }) => getJson(addresses.diversePick, { params: { projectId, pickId: pickId ?? '' }, signal }),
    enabled: pickId !== null,
    staleTime: Infinity,
    meta: { immutable: true },
  });
}

export function usePickDiverse(projectId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Omit<ActionInput<'pickDiverse'>, 'projectId'>) => callAction(pickDiverse, { projectId, ...input }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: keys.picks(projectId) }), refreshJobs(client, projectId)]),
  });
}
