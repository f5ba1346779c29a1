import { writeFile } from 'node:fs/promises';
import { createRandom } from '@/lib/anomaly/random/generator';
import { axes, axisNames, chosenCandidate, describeCandidate, dimensionOf, formerCandidate, plainCandidate, randomStarts, startSeed, tieWidth, type Axis, type Candidate } from './extractor-candidates';
import { developmentSets } from './extractor-development-sets';
import { CandidateScorer, type CandidateScore } from './extractor-score';
import { cells, printHead, printMachine } from './table';

/** Leaders that the table shows beside the one that was chosen. */
const shown = 8;

function drawnCandidate(integer: (below: number) => number): Candidate {
  return Object.fromEntries(axisNames.map((axis) => [axis, axes[axis][integer(axes[axis].length)]])) as Candidate;
}

/** The best value of one axis, all others kept; the present value wins ties. */
async function bestAlong(scorer: CandidateScorer, from: CandidateScore, axis: Axis): Promise<CandidateScore> {
  let best = from;
  for (const value of axes[axis]) {
    const score = await scorer.score({ ...from.candidate, [axis]: value } as Candidate);
    if (score.mean > best.mean) best = score;
  }
  return best;
}

/** Goes through the axes in turn, each time to the best value, until a whole round changes nothing. */
async function ascend(scorer: CandidateScorer, start: Candidate): Promise<CandidateScore> {
  let best = await scorer.score(start);
  for (let before = -Infinity; best.mean > before; ) {
    before = best.mean;
    for (const axis of axisNames) best = await bestAlong(scorer, best, axis);
  }
  return best;
}

/** The rule: of all candidates less than `tieWidth` below the best mean, the shortest vector; of equally short ones the better mean. */
export function chosenOf(scored: readonly CandidateScore[]): CandidateScore {
  const most = scored.reduce((best, { mean }) => Math.max(best, mean), 0);
  const tied = scored.filter(({ mean }) => mean > most - tieWidth);
  return tied.reduce((best, next) => {
    const shorter = dimensionOf(next.candidate) - dimensionOf(best.candidate);
    return shorter < 0 || (shorter === 0 && next.mean > best.mean) ? next : best;
  });
}

/**
 * Chooses the settings of the embedded extractor on bottles, solar cells and the demo's products, never on magnetic_tile: coordinate ascent over
 * `axes` from a plain start and some drawn ones, then the rule of `chosenOf` over everything that was scored. Prints what it found.
 * @param listFile receives all scored candidates as JSON
 */
export async function chooseExtractor(dataFolder: string, listFile?: string): Promise<void> {
  const sets = await developmentSets(dataFolder);
  printMachine();
  const scorer = new CandidateScorer(sets);
  const random = createRandom(startSeed);
  const starts = [plainCandidate, ...Array.from({ length: randomStarts }, () => drawnCandidate((below) => random.integer(below)))];
  const ends: CandidateScore[] = [];
  for (const [i, start] of starts.entries()) {
    const end = await ascend(scorer, start);
    ends.push(end);
    process.stderr.write(`start ${i}: ${end.mean.toFixed(4)} with ${describeCandidate(end.candidate)}; ${scorer.scored.length} candidates, ${scorer.settings} networks\n`);
  }
  if (listFile !== undefined) await writeFile(listFile, JSON.stringify(scorer.scored.map((score) => ({ ...score, values: dimensionOf(score.candidate) })), null, 1));
  const chosen = chosenOf(scorer.scored);
  const best = [...scorer.scored].sort((a, b) => b.mean - a.mean).slice(0, shown);
  printHead(['candidate', 'values', ...sets.map(({ name }) => name), 'mean']);
  const line = (name: string, { candidate, bySet, mean }: CandidateScore): void =>
    console.log(cells([name, String(dimensionOf(candidate)), ...bySet.map((value) => value.toFixed(3)), mean.toFixed(4)]));
  line('plain start', await scorer.score(plainCandidate));
  ends.forEach((end, i) => line(`end of ascent ${i}`, end));
  best.forEach((score, i) => line(`best, place ${i + 1}`, score));
  line('chosen', chosen);
  const scoredBefore = scorer.scored.length;
  line('former settings', await scorer.score(formerCandidate));
  line('settings in use', await scorer.score(chosenCandidate));
  console.log(`\n${scoredBefore} candidates scored, ${scorer.settings} networks run. Chosen: ${describeCandidate(chosen.candidate)}.`);
}
