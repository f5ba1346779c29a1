import { describe, expect, it } from 'vitest';
import type { Neighbour } from '@/lib/api/contracts/runs';
import { flipSentence, flipTarget, flipTitle, flipVerb } from './flip-target';

const neighbour = (sampleId: string, role: Neighbour['role'], distance: number): Neighbour => ({ sampleId, fileName: `${sampleId}.png`, role, distance });
const normals = [neighbour('n1', 'normal', 0.1), neighbour('n2', 'normal', 0.2)];
const anomalies = [neighbour('a1', 'anomaly', 0.3)];
const score = { nearestNormal: normals[0]!, nearestNormals: normals, nearestAnomalies: anomalies };

describe('what a sample is flipped to', () => {
  it('is the nearest normal unless another neighbour was chosen', () => {
    expect(flipTarget(score, null)).toEqual({ neighbour: normals[0], nearest: true });
    expect(flipTarget(score, 'n1')).toEqual({ neighbour: normals[0], nearest: true });
    expect(flipTarget(score, 'n2')).toEqual({ neighbour: normals[1], nearest: false });
    expect(flipTarget(score, 'a1')).toEqual({ neighbour: anomalies[0], nearest: false });
  });

  it('forgets a neighbour that the score of another sample or run does not name', () => expect(flipTarget(score, 'n9')?.neighbour).toBe(normals[0]));

  it('is nothing where no neighbours are known, and can be an anomaly where no normal is', () => {
    expect(flipTarget({ nearestNormal: null, nearestNormals: [], nearestAnomalies: [] }, 'a1')).toBeNull();
    expect(flipTarget({ nearestNormal: null, nearestNormals: [], nearestAnomalies: anomalies }, 'a1')).toEqual({ neighbour: anomalies[0], nearest: false });
  });

  it('is named', () => {
    const of = (id: string | null) => flipTarget(score, id)!;
    expect([null, 'n2', 'a1'].map((id) => flipTitle(of(id)))).toEqual(['Nearest normal', 'Normal', 'Real anomaly']);
    expect(flipSentence(of('a1'))).toBe('Real anomaly: a1.png, distance 0.300');
    expect([of(null), of('n2'), of('a1'), null].map(flipVerb)).toEqual(['Nearest normal in its place', 'Normal n2.png in its place', 'Real anomaly a1.png in its place', 'No nearest normal known']);
  });
});
