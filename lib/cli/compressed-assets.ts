import { createReadStream, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream';

const prefix = '/_next/static/';
const ending = '.br';
const contentTypes: Readonly<Record<string, string>> = { '.js': 'application/javascript; charset=UTF-8', '.css': 'text/css; charset=UTF-8' };

type Asset = { readonly file: string; readonly bytes: number; readonly contentType: string };

/**
 * Scripts and styles as the build compressed them with Brotli (lib/cli/setup/compress-assets.mjs): a seventh smaller than what Next
 * compresses anew for each answer. Names hold hashes of their content, so that browsers keep them.
 * @param folder of the web build
 * @returns whether the request was answered; others are for Next
 */
export function compressedAssets(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const assets = assetsOf(path.join(folder, 'static'));
  return (request, response) => {
    const asset = assets.get(request.url?.split('?')[0] ?? '');
    if (asset === undefined || !takesBrotli(request) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    response.writeHead(200, {
      'content-type': asset.contentType,
      'content-encoding': 'br',
      'content-length': asset.bytes,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    if (request.method === 'HEAD') response.end();
    // A browser that goes away destroys the answer, and with it the reading.
    else pipeline(createReadStream(asset.file), response, () => undefined);
    return true;
  };
}

/** By the path of the address; nothing else can be asked for. */
function assetsOf(folder: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
  return new Map(
    names.flatMap((name) => {
      const file = path.join(folder, name);
      const plain = name.slice(0, -ending.length);
      const contentType = contentTypes[path.extname(plain)];
      return contentType === undefined ? [] : [[encodeURI(`${prefix}${plain.split(path.sep).join('/')}`), { file, bytes: statSync(file).size, contentType }] as const];
    }),
  );
}

function takesBrotli({ headers }: IncomingMessage): boolean {
  return /(^|,)\s*br\s*(,|$)/.test(String(headers['accept-encoding'] ?? ''));
}
