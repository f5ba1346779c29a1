import type { Columns } from '@/lib/api/contracts/columns';
import { mapPoints, withScores, type MapPoints } from '../map-figure';
import { columnsOf, tableOf, type Row } from './score-columns';

/** Columns with the coordinates (0, 0), (1, 1), (2, 2) ... */
export function defaultColumns({ rows, columns }: Columns): Columns {
  const places = () => Float32Array.from({ length: rows }, (_, row) => row);
  return { rows, columns: { ...columns, x: { type: 'f32', data: places() }, y: { type: 'f32', data: places() } } };
}

/** A map of made-up samples with their scores. */
export function mapOf(rows: readonly Row[]): MapPoints {
  return withScores(mapPoints(defaultColumns(columnsOf(rows))), tableOf(rows));
}
