import { Command, InvalidArgumentError, Option } from 'commander';
import type { Variables } from '@/lib/env';
import { userPath } from './user-path';

/** What `npm start` was asked for. */
export type StartOptions = { demo: boolean; environment: Variables };

type Flags = { port?: number; host?: string; data?: string; demo: boolean; tlsCert?: string; tlsKey?: string; development?: true };

/**
 * Reads the flags of `npm start`. What a flag says goes before the variable of the environment.
 * @throws CommanderError for unknown flags and unusable values, after it has written a sentence to stderr
 */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description('Starts Assay: database, web interface and one worker, until Ctrl+C.')
    .option('--port <number>', 'port of the web interface (default: 3000)', parsePort)
    .option('--host <address>', 'address to bind (default: 127.0.0.1); any other demands accounts of its users')
    .option('--data <dir>', 'folder for database, images and logs (default: ./.assay/data)')
    .option('--no-demo', 'do not make the demo project')
    .option('--tls-cert <file>', 'certificate chain in PEM form: serve https')
    .option('--tls-key <file>', 'its private key')
    .addOption(new Option('--development', 'set by "npm run dev"').hideHelp())
    .exitOverride()
    .parse([...args], { from: 'user' });
  const flags = command.opts<Flags>();
  return {
    demo: flags.demo,
    environment: given({
      NODE_ENV: flags.development === true ? 'development' : 'production',
      PORT: flags.port === undefined ? undefined : String(flags.port),
      ASSAY_HOST: flags.host,
      ASSAY_DATA_DIR: flags.data === undefined ? undefined : userPath(flags.data),
      ASSAY_TLS_CERT: flags.tlsCert === undefined ? undefined : userPath(flags.tlsCert),
      ASSAY_TLS_KEY: flags.tlsKey === undefined ? undefined : userPath(flags.tlsKey),
    }),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return port;
}

function given(values: Record<string, string | undefined>): Variables {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
