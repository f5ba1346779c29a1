import { Command } from 'commander';
import { env, setEnvironment } from '@/lib/env';
import { register as registerModels } from './commands/models';
import { register as registerScore } from './commands/score';
import { exitCodes, report } from './report';

const commands = [registerScore, registerModels];

/**
 * `npm run assay -- COMMAND`: what Assay does, without a browser. Results go to files or stdout, progress and
 * failures to stderr. Exit codes: 0 done, 1 failed, 2 the input or the command line cannot be used.
 */
async function assay(args: readonly string[]): Promise<number> {
  setEnvironment({ NODE_ENV: process.env.NODE_ENV ?? 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' });
  const program = new Command('npm run assay --')
    .description('Tells which synthetic defects are good enough to train on.')
    .version(env().version)
    .option('--json-errors', 'write a failure as one JSON object to stderr')
    .showHelpAfterError('Add --help to see what can be given.')
    .exitOverride();
  for (const register of commands) register(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(error, { json: args.includes('--json-errors') });
  }
}

assay(process.argv.slice(2)).then((code) => process.exit(code));
