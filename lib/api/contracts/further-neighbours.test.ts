import { describe, expect, it } from 'vitest';
import { FURTHER_MOST, neighboursOfText, neighboursToText, packNeighbours, unpackNeighbours } from './further-neighbours';

const near = (i: number, distance: number) => ({ sampleId: `0197c0de-0000-7000-8000-${String(i).padStart(12, '0')}`, distance });
const some = { normals: [near(1, 0.5), near(2, 0.75)], anomalies: [near(3, 1.25)] };

describe('further neighbours', () => {
  it('come back as they were packed, in 20 bytes each', () => {
    expect(packNeighbours(some)).toHaveLength(61);
    expect(unpackNeighbours(packNeighbours(some))).toEqual(some);
    expect(neighboursOfText(neighboursToText(some))).toEqual(some);
    expect(neighboursOfText(neighboursToText({ normals: [], anomalies: [near(4, 3)] }))).toEqual({ normals: [], anomalies: [near(4, 3)] });
    expect(unpackNeighbours(packNeighbours({ normals: [], anomalies: [] }))).toEqual({ normals: [], anomalies: [] });
  });

  it('read views of other bytes, as a database gives them', () => {
    const packed = packNeighbours(some);
    const within = new Uint8Array(packed.length + 7);
    within.set(packed, 3);
    expect(unpackNeighbours(within.subarray(3, 3 + packed.length))).toEqual(some);
  });

  it('are null for bytes of another kind', () => {
    const packed = packNeighbours(some);
    expect(unpackNeighbours(new Uint8Array())).toBeNull();
    expect(unpackNeighbours(packed.slice(0, 60))).toBeNull();
    expect(unpackNeighbours(packed.with(0, 4) as Uint8Array)).toBeNull();
    expect(unpackNeighbours(packNeighbours({ normals: [near(1, Number.NaN)], anomalies: [] }))).toBeNull();
    expect(unpackNeighbours(packNeighbours({ normals: [near(1, -1)], anomalies: [] }))).toBeNull();
    expect(unpackNeighbours(packNeighbours({ normals: Array.from({ length: FURTHER_MOST + 1 }, (_, i) => near(i, i)), anomalies: [] }))).toBeNull();
  });
});
