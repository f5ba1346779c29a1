import type { SampleChange } from '@/lib/api/contracts/samples';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { auditEventSchema, type AuditEvent } from './events';

type Sentences = { [T in AuditEvent['type']]: (event: Extract<AuditEvent, { type: T }>) => string };

const reasons: Record<RejectReason, string> = {
  unrealistic: 'unrealistic',
  indistinguishable: 'indistinguishable from normal',
  artefact: 'showing an artefact',
  placement: 'of wrong place or scale',
  duplicate: 'a duplicate',
  other: 'unfit for another reason',
};

const several = (count: number, one: string, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
const made = (verdict: Verdict, reason: RejectReason | null) => (reason === null ? verdict : `${verdict} as ${reasons[reason]}`);

const batchEnds = { ready: 'made', cancelled: 'stopped after', failed: 'saw a batch fail after' } as const;

const predicates: Sentences = {
  'project.created': ({ name, objectName, isPrivate }) => `created the ${isPrivate === true ? 'private ' : ''}project ${name} (${objectName})`,
  'project.updated': ({ before, after, sendsThumbnails }) =>
    [
      before.name === after.name ? null : `renamed the project from ${before.name} to ${after.name}`,
      before.objectName === after.objectName ? null : `changed what is inspected from ${before.objectName} to ${after.objectName}`,
      sendsThumbnails === undefined ? null : sendsThumbnails ? 'let thumbnails reach the server' : 'kept thumbnails from the server',
    ]
      .filter((part) => part !== null)
      .join(' and ') || 'saved the project without a change',
  'project.deleted': ({ name, samples }) => `deleted the project ${name} with ${several(samples, 'sample')}`,
  'member.set': ({ name, role, before }) => (before === null ? `made ${name} a member with the role ${role}` : `changed the role of ${name} from ${before} to ${role}`),
  'member.removed': ({ name, role }) => `removed ${name} (${role}) from the members`,
  'user.created': ({ name, email, isAdmin }) => `created ${isAdmin ? 'the administrator account' : 'an account for'} ${name} (${email})`,
  'user.link_created': ({ name }) => `made a new sign-in link for ${name}`,
  'user.admin_set': ({ name, isAdmin }) => (isAdmin ? `made ${name} an administrator` : `took the administrator right from ${name}`),
  'user.removed': ({ name, email }) => `removed the account of ${name} (${email})`,
  'user.password_set': ({ first }) => (first ? 'set a password' : 'changed the password'),
  'upload.opened': () => 'began an upload',
  'upload.closed': ({ files }) => `finished an upload of ${several(files, 'file')}`,
  'upload.cancelled': () => 'cancelled an upload',
  'samples.changed': ({ count, change }) => `changed ${several(count, 'sample')}: ${changeText(change)}`,
  'samples.deleted': ({ count }) => `deleted ${several(count, 'sample')}`,
  'model.registered': ({ name }) => `registered the extractor ${name}`,
  'model.requested': ({ origin }) => `asked for the extractor ${origin}`,
  'model.removed': ({ name }) => `removed the extractor ${name}`,
  'features.started': ({ modelName, provider }) => `started feature extraction with ${modelName}${provider === undefined ? '' : ` in a browser (${provider})`}`,
  'features.cancelled': ({ modelName }) => `cancelled a feature extraction with ${modelName} in a browser`,
  'patches.started': ({ modelName }) => `started heat maps with ${modelName}`,
  'run.started': ({ evaluator, preset, seed }) => `started a run of ${evaluator} (preset ${preset}, seed ${seed})`,
  'run.ended': ({ evaluator, state }) => (state === 'cancelled' ? `cancelled a run of ${evaluator} in a browser` : `saw a run of ${evaluator} fail in a browser`),
  'experiment.started': ({ name, sets, evaluators, seeds }) => `started the experiment ${name} (${several(evaluators, 'evaluator')}, ${several(sets, 'set')}, ${several(seeds, 'seed')})`,
  'generation.started': ({ generator, count, seed }) => `started to make ${several(count, 'synthetic anomaly', 'synthetic anomalies')} with ${generator} (seed ${seed})`,
  'generation.ended': ({ generator, state, made: images }) => `${batchEnds[state]} ${several(images, 'synthetic anomaly', 'synthetic anomalies')} with ${generator} in a browser`,
  'selection.started': ({ kind, candidates, seed }) => `started to choose among ${several(candidates, kind === 'models' ? 'model' : 'prompt', kind)} (seed ${seed})`,
  'prototypes.started': ({ detector, seed }) => `started a search for prototypes of normality with ${detector} (seed ${seed})`,
  'keep.started': ({ runs, seed }) => `started to measure how many samples to keep by ${several(runs, 'run')} (seed ${seed})`,
  'pick.started': ({ evaluator, count, pool, weight, seed }) => `started to choose ${several(count, 'diverse sample')} among ${pool} by ${evaluator} (weight of quality ${weight}, seed ${seed})`,
  'pool.saved': ({ name, pairs, created }) => `${created ? 'made' : 'changed'} the pool of prompts ${name} (${several(pairs, 'pair')})`,
  'pool.removed': ({ name }) => `removed the pool of prompts ${name}`,
  'projection.started': ({ method }) => `started a map (${method})`,
  'projection.ended': ({ method, state }) => (state === 'cancelled' ? `cancelled a map (${method}) in a browser` : `saw a map (${method}) fail in a browser`),
  'export.started': ({ count }) => `started an export of ${several(count, 'sample')}`,
  'export.ended': ({ count, state }) => (state === 'ready' ? `wrote an export of ${several(count, 'sample')} in a browser` : `wrote no export of ${several(count, 'sample')} in a browser: it ${state === 'failed' ? 'failed' : 'was cancelled'}`),
  'job.cancelled': ({ kind }) => `cancelled the job "${kind}"`,
  'job.retried': ({ kind }) => `retried the job "${kind}"`,
  'queue.started': ({ name, items, controls }) => `started the review queue ${name} (${several(items, 'item')}${controls > 0 ? ', hidden controls among them' : ''})`,
  'queue.closed': ({ name, items, done }) => `closed the review queue ${name} (${done.toLocaleString('en')} of ${several(items, 'item')} answered)`,
  'decision.made': ({ fileName, verdict, reason }) => `${verdict} ${fileName}${reason === null ? '' : ` as ${reasons[reason]}`}`,
  'decisions.made': ({ count, verdict, reason }) => `${verdict} ${several(count, 'sample')}${reason === null ? '' : ` as ${reasons[reason]}`} at once`,
  'decisions.undone': ({ count }) => `undid decisions on ${several(count, 'sample')} that were taken at once`,
  'samples.tagged': ({ added, removed, add, remove }) =>
    [added === 0 ? null : `tagged ${several(added, 'sample')} ${add.join(', ')}`, removed === 0 ? null : `removed ${remove.join(', ')} from ${several(removed, 'sample')}`].filter((part) => part !== null).join(' and ') || 'changed no tag',
  'view.saved': ({ name, page, created }) => `${created ? 'saved' : 'changed'} the view ${name} (${page})`,
  'view.removed': ({ name, page }) => `removed the view ${name} (${page})`,
  'decision.undone': ({ fileName, verdict, reason }) =>
    verdict === null ? `undid the decision on ${fileName}, which is undecided again` : `undid the decision on ${fileName}, which is ${made(verdict, reason)} again`,
};

/**
 * One readable sentence in the past tense for a stored event.
 * @param by name of who did it; null when nobody is known
 */
export function sentenceOf(stored: { type: string; payload: unknown }, by: string | null): string {
  const event = auditEventSchema.safeParse({ ...(stored.payload as object), type: stored.type });
  if (!event.success) return `${by ?? 'Someone'} did something that this version of Assay cannot describe (${stored.type}).`;
  const predicate = predicates[event.data.type] as (event: AuditEvent) => string;
  return `${by ?? 'Assay'} ${predicate(event.data)}.`;
}

function changeText(change: SampleChange): string {
  const parts = [
    change.role === undefined ? null : `role ${change.role}`,
    change.split === undefined ? null : `split ${change.split ?? 'none'}`,
    change.defectType === undefined ? null : `defect type ${change.defectType ?? 'none'}`,
    change.excluded === undefined ? null : change.excluded ? 'excluded' : 'no longer excluded',
    change.qualityLabel === undefined ? null : `pseudo-quality ${change.qualityLabel ?? 'unknown'}`,
  ];
  return parts.filter((part) => part !== null).join(', ') || 'nothing';
}
