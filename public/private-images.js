// Answers requests for images of private projects from this browser's Origin Private File System, so that pages show
// them by the addresses that every other image has. What is not here goes to the server, which has thumbnails at most.
// The layout of the files is that of lib/browser-store/private-images.ts: whoever changes one changes both.
//
//     private/<projectId>/<sampleId>/{original,view,thumbnail,mask}

const address = /^\/api\/v1\/projects\/([0-9a-f-]{36})\/samples\/([0-9a-f-]{36})\/image$/;
const variants = new Set(['original', 'view', 'thumbnail', 'mask']);

/** First bytes of the formats that are kept. */
const signatures = [
  ['image/png', '\x89PNG'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/webp', 'RIFF'],
  ['image/bmp', 'BM'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
];

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
// A page that was reloaded past the worker asks to be taken in.
self.addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname, searchParams } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  const [, projectId, sampleId] = address.exec(pathname) ?? [];
  const variant = searchParams.get('variant');
  if (projectId === undefined || !variants.has(variant)) return;
  event.respondWith(answer(event.request, projectId, sampleId, variant));
});

async function answer(request, projectId, sampleId, variant) {
  const file = await find(projectId, sampleId, variant);
  if (file !== null) return respond(file, variant);
  const response = await fetch(request);
  // An image that is just being added is known to the server before its bytes are here; they may have come meanwhile.
  const late = response.status === 404 ? await find(projectId, sampleId, variant) : null;
  return late === null ? response : respond(late, variant);
}

/** The kept file, null where there is none; of an image that any browser shows, the original is the view. */
async function find(projectId, sampleId, variant) {
  try {
    let folder = await navigator.storage.getDirectory();
    for (const name of ['private', projectId, sampleId]) folder = await folder.getDirectoryHandle(name);
    const file = await read(folder, variant);
    return file === null && variant === 'view' ? await read(folder, 'original') : file;
  } catch {
    // No such folder, or no leave to look: the server is asked.
    return null;
  }
}

/** An empty file is one whose writing was cut off. */
async function read(folder, name) {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return file.size === 0 ? null : file;
  } catch {
    return null;
  }
}

async function respond(file, variant) {
  const headers = {
    'content-type': await typeOf(file),
    'content-length': String(file.size),
    // Removed images must not show up again.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  };
  // As the server answers it; the page's link says the name.
  if (variant === 'original') headers['content-disposition'] = 'attachment';
  return new Response(file, { headers });
}

async function typeOf(file) {
  const bytes = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const head = String.fromCharCode(...bytes);
  return signatures.find(([, start]) => head.startsWith(start))?.[0] ?? 'application/octet-stream';
}
