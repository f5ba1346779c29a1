import type { Command } from 'commander';
import { registerSelectModels } from './select-models';
import { registerSelectPrompts } from './select-prompts';

/** `assay select`: chooses extractors, detectors and prompts without labels. */
export function register(program: Command): void {
  const select = program.command('select').description('choose models or prompts by synthetic anomalies, without labels: among files without a database, or in a project');
  registerSelectModels(select);
  registerSelectPrompts(select);
}
