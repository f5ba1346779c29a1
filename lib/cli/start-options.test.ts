import path from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AssayError } from '@/lib/errors';
import { report } from './report';
import { parseStartOptions } from './start-options';

const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => void written.mockClear());

function refusal(args: string[]): unknown {
  try {
    parseStartOptions(args);
    return expect.fail('nothing was refused');
  } catch (error) {
    return error;
  }
}

describe('parseStartOptions', () => {
  it('leaves to the environment what no flag says', () => {
    expect(parseStartOptions([])).toEqual({ demo: true, environment: { NODE_ENV: 'production' } });
  });

  it('turns flags into settings', () => {
    const { demo, environment } = parseStartOptions(['--port', '4000', '--host', '0.0.0.0', '--data', '/tmp/d', '--no-demo', '--tls-cert', 'c.pem', '--tls-key', 'k.pem']);
    expect(demo).toBe(false);
    expect(environment).toEqual({
      NODE_ENV: 'production',
      PORT: '4000',
      ASSAY_HOST: '0.0.0.0',
      ASSAY_DATA_DIR: '/tmp/d',
      ASSAY_TLS_CERT: path.resolve('c.pem'),
      ASSAY_TLS_KEY: path.resolve('k.pem'),
    });
  });

  it.each([[['--port', '0']], [['--port', '65536']], [['--port', '1e3']], [['--nonsense']], [['--data']]])('refuses %o with exit code 2', (args) => {
    const error = refusal(args);
    expect(error).toBeInstanceOf(CommanderError);
    expect(report(error)).toBe(2);
    expect(written).toHaveBeenCalledWith(expect.stringMatching(/^error: .+/));
  });
});

describe('report', () => {
  it('writes one sentence with its hint; 1 for a failure, 2 for bad input', () => {
    expect(report(new AssayError('start.port_taken', 'Port 1 is taken.', { hint: 'Choose another.' }))).toBe(1);
    expect(report(new AssayError('data.ragged', 'Row 3 has 4 columns.'))).toBe(2);
    expect(written.mock.calls.map(([text]) => text)).toEqual(['assay: Port 1 is taken. Choose another.\n', 'assay: Row 3 has 4 columns.\n']);
  });

  it('writes JSON when asked', () => {
    report(new AssayError('data.ragged', 'Row 3 has 4 columns.'), { json: true });
    expect(JSON.parse(String(written.mock.calls[0]?.[0]))).toEqual({ code: 'data.ragged', message: 'Row 3 has 4 columns.' });
  });
});
