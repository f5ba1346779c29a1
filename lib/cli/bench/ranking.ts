import { createRandom } from '@/lib/anomaly/random/generator';
import { decodeColumns, encodeColumns, type Columns } from '@/lib/api/contracts/columns';
import { rankRows } from '@/lib/figures/ranking';
import { scoreTable } from '@/lib/figures/score-table';
import { noStates, verdictColumns } from '@/lib/figures/verdicts';
import { cells, median, printHead, printMachine, timed } from './table';

const rows = 50_000;
const repeats = 25;
const defects = Array.from({ length: 20 }, (_, i) => `defect ${i + 1}`);

/** The columns of a run over random scores: what the gallery loads. */
function runColumns(): Columns {
  const { uniform } = createRandom(1);
  const scores = () => ({ type: 'f64', data: Float64Array.from({ length: rows }, uniform) }) as const;
  const codes = (count: number) => Uint8Array.from({ length: rows }, () => Math.floor(uniform() * count));
  return {
    rows,
    columns: {
      id: { type: 'uuid', data: codes16() },
      role: { type: 'u8', data: new Uint8Array(rows).fill(2), values: ['normal', 'anomaly', 'auxiliary'] },
      quality: scores(),
      probability: scores(),
      density: scores(),
      rarity: scores(),
      zone: { type: 'u8', data: codes(4), values: ['', 'realistic', 'unrealistic', 'indistinguishable'] },
      defectType: { type: 'u16', data: Uint16Array.from(codes(defects.length + 1)), values: ['', ...defects] },
      qualityLabel: { type: 'u8', data: codes(4), values: ['', 'realistic', 'indistinguishable', 'unrealistic'] },
    },
  };

  function codes16(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: rows * 16 }, () => Math.floor(uniform() * 256));
  }
}

async function line(name: string, compute: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i += 1) times.push((await timed(compute)).cpuSeconds * 1000);
  console.log(cells([name, median(times).toFixed(1), Math.max(...times).toFixed(1)]));
}

/** What the gallery computes when it loads, filters or sorts a ranking of 50,000 samples. */
export async function benchRanking(): Promise<void> {
  printMachine();
  const columns = runColumns();
  const bytes = encodeColumns(columns);
  const table = scoreTable(decodeColumns(bytes.buffer));
  const verdicts = verdictColumns(table, noStates.states);
  const byQuality = { key: 'quality', descending: true } as const;
  const filter = { zones: ['realistic' as const], quality: [0.25, 0.9] as [number, number], defectTypes: defects.slice(0, 10) };
  console.log(`${rows} rows, ${(bytes.length / 2 ** 20).toFixed(1)} MiB of columns; ${repeats} repetitions.\n`);
  printHead(['step', 'CPU ms, median', 'CPU ms, worst']);
  await line('encode (server)', () => encodeColumns(columns));
  await line('decode', () => decodeColumns(bytes.buffer));
  await line('table of it (ids, tie numbers)', () => scoreTable(decodeColumns(bytes.buffer)));
  await line('sort all by quality', () => rankRows(table, verdicts, {}, byQuality));
  await line('sort all by defect type', () => rankRows(table, verdicts, {}, { key: 'defectType', descending: false }));
  await line(`three filters, sort the ${rankRows(table, verdicts, filter, byQuality).length} left`, () => rankRows(table, verdicts, filter, byQuality));
}
