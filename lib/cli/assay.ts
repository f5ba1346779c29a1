import { Command } from 'commander';
import { env, setEnvironment } from '@/lib/env';
import { exitCodes, report } from './report';

/** Each command's file gives `register`. Only the one that is called gets loaded: most bring networks or a database. */
const commands = {
  score: async () => {
    const { openExtractionThreads } = await import('@/lib/pipeline/extraction/threads');
    openExtractionThreads(new URL('extraction-thread.mjs', import.meta.url));
    return import('./commands/score');
  },
  import: () => import('./commands/import'),
  export: () => import('./commands/export'),
  models: () => import('./commands/models'),
  generate: () => import('./commands/generate'),
  select: () => import('./commands/select'),
  prototypes: () => import('./commands/prototypes'),
} as const satisfies Record<string, () => Promise<{ register(program: Command): void }>>;

/**
 * `npm run assay -- COMMAND`: what Assay does, without a browser. Results go to files or stdout, progress and
 * failures to stderr. Exit codes: 0 done, 1 failed, 2 the input or the command line cannot be used.
 */
async function assay(args: readonly string[]): Promise<number> {
  setEnvironment({ NODE_ENV: process.env.NODE_ENV ?? 'production', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' });
  try {
    const program = await describe(args);
    await program.parseAsync([...args], { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    return report(error, { json: args.includes('--json-errors') });
  }
}

async function describe(args: readonly string[]): Promise<Command> {
  const program = new Command('npm run assay --')
    .description('Tells which synthetic defects are good enough to train on.')
    .version(env().version)
    .option('--json-errors', 'write a failure as one JSON object to stderr')
    .showHelpAfterError('Add --help to see what can be given.')
    .exitOverride();
  const called = Object.entries(commands).filter(([name]) => args.includes(name));
  for (const [, load] of called.length > 0 ? called : Object.entries(commands)) (await load()).register(program);
  return program;
}

assay(process.argv.slice(2)).then((code) => process.exit(code));
