/** Root of every query that belongs to one project; what a job changes is refetched below it. */
export const projectKey = (projectId: string) => ['project', projectId] as const;

/** The library of networks, which all projects share. */
export const modelsKey = ['models'] as const;

export const projectKeys = {
  list: ['projects'] as const,
  overview: (projectId: string) => [...projectKey(projectId), 'overview'] as const,
};
