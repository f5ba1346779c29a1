import { fillPromptPair } from '@/lib/anomaly/prompts/prompt-pair';
import type { PromptEmbeddings } from '@/lib/anomaly/selection/zero-shot';
import type { PromptSelectionSettings } from '@/lib/api/contracts/prompt-selections';
import type { PipelineContext } from '../context';
import { textEmbeddings } from '../prompt-texts';

/** Embeddings of both texts of every pair, with the name of the object filled in, and how many texts lost their end. @throws as `textEmbeddings` */
export async function embedPairs({ pairs, objectName }: Pick<PromptSelectionSettings, 'pairs' | 'objectName'>, textTowerId: string, context: PipelineContext): Promise<{ prompts: PromptEmbeddings; truncated: number }> {
  const filled = pairs.map((pair) => fillPromptPair(pair, objectName));
  const { data, cols, truncated } = await textEmbeddings(textTowerId, [...filled.map(({ normal }) => normal), ...filled.map(({ anomalous }) => anomalous)], context);
  const half = pairs.length * cols;
  const prompts = {
    normal: { data: data.slice(0, half), rows: pairs.length, cols },
    anomalous: { data: data.slice(half), rows: pairs.length, cols },
  };
  return { prompts, truncated: truncated.filter(Boolean).length };
}
