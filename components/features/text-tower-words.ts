import type { TextTowerDto } from '@/lib/api/contracts/image-text';
import { formatBytes } from '@/lib/figures/format';
import { parameterCount } from './catalogue-words';

const sources = { stated: 'stated', config: 'from config.json', assumed: 'assumed' } as const;

/** "Text tower: 63.4 M weights, 254 MB, up to 77 tokens, softmax, logit scale 100 (assumed)". */
export function textTowerFacts({ parameters, bytes, contextLength, head }: TextTowerDto): string {
  const weights = parameters.text === null ? [] : [parameterCount(parameters.text)];
  const bias = head.logitBias === null ? '' : `, bias ${head.logitBias}`;
  return `Text tower: ${[...weights, formatBytes(bytes), `up to ${contextLength} tokens`, `${head.kind}, logit scale ${Number(head.logitScale.toPrecision(3))}${bias} (${sources[head.source]})`].join(', ')}`;
}
