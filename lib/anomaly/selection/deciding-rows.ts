import type { ValidationScores } from './paired-bootstrap';
import { placesOf, type Places } from './places';

export type Side = 'anomalies' | 'normals';

/** A row of the validation set with its place (see `placesOf`) by the pick, and by the candidates that rank it worst and best. */
export type DecidingRow = {
  readonly side: Side;
  readonly row: number;
  readonly place: number;
  readonly least: { readonly candidate: number; readonly place: number };
  readonly greatest: { readonly candidate: number; readonly place: number };
};

export type DecidingRows = {
  /** Those that the pick ranks worst: places below 1, lowest first, at most `limit` of each side. */
  readonly wrong: readonly DecidingRow[];
  /** Those whose place differs most between candidates, largest difference first, at most `limit`. */
  readonly separating: readonly DecidingRow[];
};

/** The rows of the synthetic validation set that decide the choice among candidates (*ours*). Of equals the earlier row comes first. */
export function decidingRows(candidates: readonly ValidationScores[], pick: number, limit: number): DecidingRows {
  const places = candidates.map(placesOf);
  const sides = (['anomalies', 'normals'] as const).map((side) => describeSide(places, pick, side));
  const wrong = sides.flatMap((rows) => rows.filter(({ place }) => place < 1).sort((a, b) => a.place - b.place).slice(0, limit));
  const width = ({ least, greatest }: DecidingRow) => greatest.place - least.place;
  const separating = sides.flat().filter((row) => width(row) > 0).sort((a, b) => width(b) - width(a)).slice(0, limit);
  return { wrong, separating };
}

function describeSide(places: readonly Places[], pick: number, side: Side): DecidingRow[] {
  return Array.from(places[pick]![side], (place, row): DecidingRow => {
    let [least, greatest] = [0, 0];
    places.forEach((own, candidate) => {
      if (own[side][row]! < places[least]![side][row]!) least = candidate;
      if (own[side][row]! > places[greatest]![side][row]!) greatest = candidate;
    });
    return { side, row, place, least: { candidate: least, place: places[least]![side][row]! }, greatest: { candidate: greatest, place: places[greatest]![side][row]! } };
  });
}
