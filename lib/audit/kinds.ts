import type { HistoryKind, HistorySubject } from '@/lib/api/contracts/history';
import type { AuditEvent } from './events';

type Family = AuditEvent['type'] extends `${infer F}.${string}` ? F : never;

/** What an event is about, by the first word of its type. Families that are not named here are of the kind `other`. */
const kinds: { readonly [F in Family]?: Exclude<HistoryKind, 'other'> } = {
  decision: 'decisions',
  decisions: 'decisions',
  run: 'runs',
  features: 'runs',
  patches: 'runs',
  projection: 'runs',
  experiment: 'runs',
  selection: 'runs',
  prototypes: 'runs',
  job: 'runs',
  generation: 'generation',
  upload: 'uploads',
  samples: 'uploads',
  export: 'exports',
  member: 'members',
  user: 'members',
};

export function kindOf(type: string): HistoryKind {
  return (kinds as Readonly<Record<string, HistoryKind | undefined>>)[type.split('.')[0] ?? ''] ?? 'other';
}

/** Families of a kind; of `other` all that are of another kind. */
export function familiesOf(kind: HistoryKind): string[] {
  return Object.entries(kinds).flatMap(([family, its]) => (kind === 'other' || its === kind ? [family] : []));
}

type SubjectKind = HistorySubject['kind'];

const namedBy: readonly (readonly [field: string, kind: SubjectKind])[] = [
  ['sampleId', 'sample'],
  ['runId', 'run'],
  ['generationId', 'generation'],
  ['exportId', 'export'],
  ['experimentId', 'experiment'],
  ['searchId', 'prototypes'],
  ['projectionId', 'projection'],
  ['queueId', 'queue'],
];

/** The thing that a stored event is about, where it has a place in the application; null of others. */
export function subjectOf({ type, payload }: { type: string; payload: unknown }): HistorySubject | null {
  const fields = typeof payload === 'object' && payload !== null ? (payload as Readonly<Record<string, unknown>>) : {};
  const text = (field: string) => (typeof fields[field] === 'string' ? fields[field] : null);
  const selection = text('selectionId');
  if (selection !== null) return { kind: fields['kind'] === 'prompts' ? 'promptSelection' : 'selection', id: selection };
  if (type.startsWith('member.')) return { kind: 'members', id: null };
  if (type === 'upload.closed' || type === 'samples.changed') return { kind: 'samples', id: null };
  for (const [field, kind] of namedBy) {
    const id = text(field);
    if (id !== null) return { kind, id };
  }
  return null;
}
