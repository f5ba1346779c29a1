import type { ProtocolSettings } from './options';
import type { Cell } from './results-file';
import type { Made, Row } from './row';
import type { SetFacts } from './sets';

/** What a thread is started with. */
export type ThreadStart = { readonly settings: ProtocolSettings; readonly made: Made; readonly sets: readonly SetFacts[] };

/** What a thread is asked: cells, one after the other. */
export type ThreadTask = Cell;

/** What a thread answers for each cell. */
export type ThreadAnswer = { readonly rows: readonly Row[]; readonly seconds: number } | { readonly refusal: string };
