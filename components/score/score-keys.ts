import { projectKey } from '../projects/keys';

/** Query keys of what a project's ranking pages read. */
export const scoreKeys = {
  runs: (projectId: string) => [...projectKey(projectId), 'runs'] as const,
  table: (projectId: string, runId: string) => [...projectKey(projectId), 'run-columns', runId] as const,
  why: (projectId: string, runId: string, sampleId: string) => [...projectKey(projectId), 'why', runId, sampleId] as const,
  values: (projectId: string, runId: string) => [...projectKey(projectId), 'run-values', runId] as const,
  others: (projectId: string, runId: string, sampleId: string) => [...projectKey(projectId), 'others', runId, sampleId] as const,
  states: (projectId: string) => [...projectKey(projectId), 'states'] as const,
  sampleRow: (projectId: string, sampleId: string) => [...projectKey(projectId), 'sample-row', sampleId] as const,
  sample: (projectId: string, sampleId: string) => [...projectKey(projectId), 'sample', sampleId] as const,
  featureSets: (projectId: string) => [...projectKey(projectId), 'feature-sets'] as const,
  projections: (projectId: string) => [...projectKey(projectId), 'projections'] as const,
  map: (projectId: string, projectionId: string) => [...projectKey(projectId), 'projection-columns', projectionId] as const,
};
