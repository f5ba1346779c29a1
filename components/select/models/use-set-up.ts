'use client';

import { useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { StartModelSelection, SyntheticSource } from '@/lib/api/contracts/selections';
import { sourceAtFirst } from '@/lib/figures/selection/source-choice';
import { useFeatureSets, useModels } from '../../features/use-features';
import { extractorChoices, extractionSeconds, obstacleOf, parsedAdvanced, setUpAtFirst, type ExtractorChoice, type SetUpChoice } from '@/lib/figures/selection/set-up';
import { splitNumbers } from '../split-sentence';
import { useSourceChoices, useTrainingNormals, type SourceChoices } from '../use-source-choices';

type Form =
  | { readonly state: 'loading'; readonly error: Error | null }
  | {
      readonly state: 'ready';
      readonly choice: SetUpChoice & { readonly synthetic: SyntheticSource };
      readonly change: (part: Partial<SetUpChoice>) => void;
      readonly choices: SourceChoices;
      readonly normals: number;
      readonly extractors: readonly ExtractorChoice[];
      /** What will be sent; null while something is wrong. */
      readonly input: Omit<StartModelSelection, 'projectId'> | null;
      readonly obstacle: string | null;
      /** Time that extraction will take, where it is known. */
      readonly seconds: number | null;
    };

/** Everything that the set-up of a selection of models holds until it is started. */
export function useSetUp(overview: ProjectOverview): Form {
  const models = useModels();
  const sets = useFeatureSets(overview.id);
  const source = useSourceChoices(overview.id);
  const normals = useTrainingNormals(overview.id);
  const [changed, setChanged] = useState<Partial<SetUpChoice>>({});
  if (models.data === undefined || sets.data === undefined || source.choices === undefined || normals === undefined) return { state: 'loading', error: models.error ?? sets.error ?? source.error };
  const extractors = overview.kind === 'image' ? extractorChoices(models.data, sets.data, overview.sampleCount) : [];
  const choice = { ...setUpAtFirst(extractors), synthetic: sourceAtFirst(source.choices), ...changed };
  const advanced = parsedAdvanced(choice);
  const obstacle = obstacleOf({ choice, extractors, normals, images: overview.kind === 'image' }) ?? (typeof advanced === 'string' ? advanced : null);
  const { supportLimit, seedImages, detectors, bank, synthetic, modelIds } = choice;
  const made = synthetic.kind === 'generator' ? splitNumbers(normals, choice).seeds * synthetic.perSeed : 0;
  return {
    state: 'ready',
    choice,
    change: (part) => setChanged((last) => ({ ...last, ...part })),
    choices: source.choices,
    normals,
    extractors,
    input: obstacle !== null || typeof advanced === 'string' ? null : { supportLimit, seedImages, synthetic, modelIds: [...modelIds], detectors: [...detectors], bank, ...advanced },
    obstacle,
    seconds: extractionSeconds(extractors.filter(({ id }) => modelIds.includes(id)), made),
  };
}
