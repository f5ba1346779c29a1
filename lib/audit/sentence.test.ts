import { describe, expect, it } from 'vitest';
import { auditEventSchema, type AuditEvent } from './events';
import { sentenceOf } from './sentence';

const id = '019ab0c1-2d3e-7f40-8123-456789abcdef';
const carl = { userId: 'c', name: 'Carl', email: 'carl@example.org' };

/** One event of each type and the sentence it becomes; a type that is missing here fails to compile. */
const examples: { [T in AuditEvent['type']]: [Omit<Extract<AuditEvent, { type: T }>, 'type'>, string] } = {
  'project.created': [{ name: 'Plates', objectName: 'metal plate' }, 'Ann created the project Plates (metal plate).'],
  'project.updated': [
    { before: { name: 'A', objectName: 'x' }, after: { name: 'B', objectName: 'y' } },
    'Ann renamed the project from A to B and changed what is inspected from x to y.',
  ],
  'project.deleted': [{ deletedProjectId: id, name: 'Plates', samples: 1240 }, 'Ann deleted the project Plates with 1,240 samples.'],
  'member.set': [{ ...carl, role: 'lead', before: 'viewer' }, 'Ann changed the role of Carl from viewer to lead.'],
  'member.removed': [{ ...carl, role: 'viewer' }, 'Ann removed Carl (viewer) from the members.'],
  'user.created': [{ ...carl, isAdmin: false }, 'Ann created an account for Carl (carl@example.org).'],
  'user.link_created': [carl, 'Ann made a new sign-in link for Carl.'],
  'user.admin_set': [{ ...carl, isAdmin: false }, 'Ann took the administrator right from Carl.'],
  'user.removed': [carl, 'Ann removed the account of Carl (carl@example.org).'],
  'user.password_set': [{ first: false }, 'Ann changed the password.'],
  'upload.opened': [{ uploadId: id }, 'Ann began an upload.'],
  'upload.closed': [{ uploadId: id, files: 24 }, 'Ann finished an upload of 24 files.'],
  'upload.cancelled': [{ uploadId: id }, 'Ann cancelled an upload.'],
  'samples.changed': [{ count: 2, change: { role: 'normal', split: null }, filter: null }, 'Ann changed 2 samples: role normal, split none.'],
  'samples.deleted': [{ count: 1, filter: {} }, 'Ann deleted 1 sample.'],
  'model.registered': [{ modelId: id, name: 'resnet' }, 'Ann registered the extractor resnet.'],
  'model.requested': [{ jobId: id, origin: 'hf:owner/net' }, 'Ann asked for the extractor hf:owner/net.'],
  'model.removed': [{ modelId: id, name: 'resnet' }, 'Ann removed the extractor resnet.'],
  'features.cancelled': [{ featureSetId: id, modelName: 'scattering' }, 'Ann cancelled a feature extraction with scattering in a browser.'],
  'features.started': [{ featureSetId: id, modelName: 'scattering' }, 'Ann started feature extraction with scattering.'],
  'patches.started': [{ featureSetId: id, modelName: 'scattering' }, 'Ann started heat maps with scattering.'],
  'run.started': [{ runId: id, evaluator: 'EAP', preset: 'paper', seed: 0 }, 'Ann started a run of EAP (preset paper, seed 0).'],
  'run.ended': [{ runId: id, evaluator: 'LAVA', state: 'failed' }, 'Ann saw a run of LAVA fail in a browser.'],
  'experiment.started': [{ experimentId: id, name: 'Rivals', sets: 3, evaluators: 14, seeds: 1 }, 'Ann started the experiment Rivals (14 evaluators, 3 sets, 1 seed).'],
  'generation.started': [{ generationId: id, generator: 'cutpaste', count: 100, seed: 3 }, 'Ann started to make 100 synthetic anomalies with cutpaste (seed 3).'],
  'generation.ended': [{ generationId: id, generator: 'draem', state: 'cancelled', made: 12 }, 'Ann stopped after 12 synthetic anomalies with draem in a browser.'],
  'selection.started': [{ selectionId: id, kind: 'models', candidates: 4, seed: 1 }, 'Ann started to choose among 4 models (seed 1).'],
  'keep.started': [{ analysisId: id, runs: 2, seed: 3 }, 'Ann started to measure how many samples to keep by 2 runs (seed 3).'],
  'pick.started': [{ pickId: id, evaluator: 'EAP', count: 40, pool: 900, weight: 0.5, seed: 3 }, 'Ann started to choose 40 diverse samples among 900 by EAP (weight of quality 0.5, seed 3).'],
  'prototypes.started': [{ searchId: id, detector: 'knn', seed: 3 }, 'Ann started a search for prototypes of normality with knn (seed 3).'],
  'pool.saved': [{ poolId: id, name: 'Ours', pairs: 3, created: true }, 'Ann made the pool of prompts Ours (3 pairs).'],
  'pool.removed': [{ poolId: id, name: 'Ours' }, 'Ann removed the pool of prompts Ours.'],
  'projection.started': [{ projectionId: id, method: 't-SNE' }, 'Ann started a map (t-SNE).'],
  'projection.ended': [{ projectionId: id, method: 't-SNE', state: 'cancelled' }, 'Ann cancelled a map (t-SNE) in a browser.'],
  'export.started': [{ exportId: id, count: 212 }, 'Ann started an export of 212 samples.'],
  'export.ended': [{ exportId: id, count: 212, state: 'ready', sha256: 'a'.repeat(64), bytes: 10 }, 'Ann wrote an export of 212 samples in a browser.'],
  'job.cancelled': [{ jobId: id, kind: 'score' }, 'Ann cancelled the job "score".'],
  'job.retried': [{ jobId: id, kind: 'score' }, 'Ann retried the job "score".'],
  'queue.started': [{ queueId: id, name: 'Monday', items: 400, controls: 40, seed: 1 }, 'Ann started the review queue Monday (400 items, hidden controls among them).'],
  'queue.closed': [{ queueId: id, name: 'Monday', items: 400, done: 212 }, 'Ann closed the review queue Monday (212 of 400 items answered).'],
  'decision.made': [
    { decisionId: id, sampleId: id, fileName: 'a b.png', verdict: 'rejected', reason: 'indistinguishable', version: 1 },
    'Ann rejected a b.png as indistinguishable from normal.',
  ],
  'decisions.made': [{ groupId: id, count: 57, verdict: 'rejected', reason: 'placement' }, 'Ann rejected 57 samples as of wrong place or scale at once.'],
  'decisions.undone': [{ groupId: id, count: 56 }, 'Ann undid decisions on 56 samples that were taken at once.'],
  'samples.tagged': [{ added: 3, removed: 1, add: ['second look'], remove: ['blurred'] }, 'Ann tagged 3 samples second look and removed blurred from 1 sample.'],
  'view.saved': [{ viewId: id, name: 'Doubtful', page: 'scores', created: true }, 'Ann saved the view Doubtful (scores).'],
  'view.removed': [{ viewId: id, name: 'Doubtful', page: 'scores' }, 'Ann removed the view Doubtful (scores).'],
  'decision.undone': [
    { decisionId: id, undoesDecisionId: id, sampleId: id, fileName: 'a.png', verdict: null, reason: null, version: 2 },
    'Ann undid the decision on a.png, which is undecided again.',
  ],
};

describe('sentenceOf', () => {
  it.each(Object.entries(examples))('%s', (type, [payload, sentence]) => {
    expect(auditEventSchema.safeParse({ type, ...payload }).success).toBe(true);
    expect(sentenceOf({ type, payload: { ...payload, by: 'Ann' } }, 'Ann')).toBe(sentence);
  });

  it('stays readable for what it does not know', () => {
    expect(sentenceOf({ type: 'rocket.launched', payload: {} }, null)).toBe('Someone did something that this version of Assay cannot describe (rocket.launched).');
    expect(sentenceOf({ type: 'user.password_set', payload: null }, 'Ann')).toContain('cannot describe');
  });
});
