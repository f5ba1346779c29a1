import { columnsOf, type Row } from './score-columns';
import { runValues, type RunValues } from '../evaluators/run-values';

/** Values of a made-up run over auxiliary samples, through the wire format and back. */
export function valuesOf(rows: readonly Row[]): RunValues {
  return runValues(columnsOf(rows));
}

/** The same with a quality alone. */
export function qualitiesOf(...qualities: number[]): RunValues {
  return valuesOf(qualities.map((quality) => ({ quality })));
}
