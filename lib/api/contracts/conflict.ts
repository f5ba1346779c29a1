import type { SampleState } from './decisions';
import type { Problem } from './problem';
import { isOneOf, rejectReasonTerms, verdictTerms } from './terms';

/** The details of a `request.conflict` problem: the state that the sample is in, field by field. */
export function conflictDetails(state: SampleState): { path: string; message: string }[] {
  return Object.entries(state).map(([field, value]) => ({ path: `state.${field}`, message: value === null ? '' : String(value) }));
}

/** The colleague's state that a conflict carries, or null when the problem is another one. */
export function stateOfConflict(problem: Problem): SampleState | null {
  if (problem.code !== 'request.conflict') return null;
  const fields = new Map((problem.details ?? []).map(({ path, message }) => [path.replace(/^state\./, ''), message === '' ? null : message]));
  const field = (name: keyof SampleState) => fields.get(name) ?? null;
  const [sampleId, userId, userName, updatedAt] = [field('sampleId'), field('userId'), field('userName'), field('updatedAt')];
  const [verdict, reason, version] = [field('verdict'), field('reason'), Number(field('version') ?? Number.NaN)];
  if (sampleId === null || userId === null || userName === null || updatedAt === null || !Number.isSafeInteger(version)) return null;
  return { sampleId, userId, userName, updatedAt, version, verdict: isOneOf(verdictTerms, verdict) ? verdict : null, reason: isOneOf(rejectReasonTerms, reason) ? reason : null };
}
