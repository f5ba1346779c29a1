// The arrows of docs/architecture.md. Tests are free to reach anywhere; everything else keeps to its room.
const tests = '\\.test\\.tsx?$|/testing/';
const base = '^lib/(errors|env|logger|make-folder)\\.ts$';
const contracts = '^lib/api/contracts/';

/**
 * Says which of our own files a room may use.
 * @param {string} name
 * @param {string} room
 * @param {string[]} allowed besides itself
 * @param {string} comment
 */
function room(name, room, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: room, pathNot: tests },
    to: { path: '^(app|components|lib)/', pathNot: [room, ...allowed] },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', comment: 'Two files that need each other are one, or hide a third.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'resolvable', severity: 'error', from: { pathNot: tests }, to: { couldNotResolve: true, pathNot: '\\.css$' } },
    {
      name: 'anomaly-is-pure',
      comment: 'The numerics run unchanged in browser and worker: no file system, no packages, no other room.',
      severity: 'error',
      from: { path: '^lib/anomaly/', pathNot: tests },
      to: { pathNot: '^lib/anomaly/' },
    },
    room('scoring', '^lib/scoring/', ['^lib/(anomaly|synthesis)/', contracts, '^lib/errors\\.ts$'], 'What scores and maps are made of, the same in a browser and in a worker.'),
    room('synthesis', '^lib/synthesis/', ['^lib/anomaly/', '^lib/inference/preprocess/(image|resize)\\.ts$'], 'Generators of synthetic anomalies run unchanged in browser and worker.'),
    room('figures', '^lib/figures/', ['^lib/anomaly/', contracts], 'Figures are made from results, without a browser.'),
    room('report', '^lib/report/', ['^lib/(figures|anomaly)/', contracts], 'The page that tells of a curation is made of figures, without a browser.'),
    room('contracts', contracts, ['^lib/errors\\.ts$'], 'What both sides agree on depends on neither.'),
    room('browser-store', '^lib/browser-store/', [contracts, '^lib/errors\\.ts$'], 'Files that stay in this browser; pages and web workers alike read and write them.'),
    room('browser-export', '^lib/browser-export/', ['^lib/(browser-store|export)/', '^lib/inference/web/worker-call\\.ts$', contracts, '^lib/errors\\.ts$'], 'Zips that are written in this browser.'),
    room('browser-synthesis', '^lib/browser-synthesis/', ['^lib/(anomaly|synthesis|browser-store)/', '^lib/inference/(web|preprocess)/', '^lib/ingest/png-text\\.ts$', contracts, '^lib/errors\\.ts$'], 'Synthetic anomalies that are made in this browser.'),
    room('components', '^components/', ['^app/actions/', '^lib/(figures|anomaly|scoring|synthesis|browser-store|browser-export|browser-synthesis)/', '^lib/export/layout\\.ts$', contracts, '^lib/errors\\.ts$', '^lib/inference/(web|preprocess)/', '^lib/inference/manifest\\.ts$', '^lib/ingest/(archive-rules|layout|safe-path)\\.ts$', '^lib/api/[^/]+\\.ts$'], 'The screen sees contracts and figures, never the server.'),
    room('app', '^app/', ['^components/', '^lib/(services|auth|api)/', base], 'Routes render a component or call a service.'),
    room('services', '^lib/services/', ['^lib/(store|auth|audit|api|ingest|export)/', '^lib/scoring/(sample-columns|run-columns|map-columns|training-set|vectors|prototype-plan|keep-plan)\\.ts$', '^lib/jobs/(definition|enqueue|inputs)\\.ts$', '^lib/anomaly/(evaluators/registry|protocol/split-counts|errors|prompts/.+)\\.ts$', '^lib/synthesis/', '^lib/figures/(csv|feedback/(tally|contrasts))\\.ts$', '^lib/inference/(parity/|catalogue\\.ts$|hub/address\\.ts$|fingerprint\\.ts$|manifest\\.ts$|preprocess/)', base], 'The only caller of store and jobs on the web side.'),
    room('store', '^lib/store/', ['^lib/ingest/', '^lib/export/(layout|manifest|vector-places)\\.ts$', contracts, base], 'The store knows nobody above it.'),
    room('ingest', '^lib/(ingest|export)/', [contracts, '^lib/store/blobs/', base], 'Readers and writers of formats.'),
    room('inference', '^lib/inference/', ['^lib/(anomaly|scoring)/', '^lib/ingest/(bmp|sniff|limits|image-size)\\.ts$', contracts, base], 'Networks and what is done to an image before one.'),
    room('pipeline', '^lib/pipeline/', ['^lib/(report|inference|ingest|export|store|anomaly|scoring|synthesis|demo|audit)/', '^lib/jobs/(definition|enqueue)\\.ts$', contracts, base], 'What is done to data, called by jobs and commands alike.'),
    {
      name: 'no-natives-on-the-web-side',
      comment: 'onnxruntime-node and sharp run in the worker process and in commands only.',
      severity: 'error',
      from: { path: '^(app|components)/' },
      to: { reachable: true, path: 'node_modules/(onnxruntime-node|sharp)/' },
    },
    {
      name: 'cli-is-on-top',
      comment: 'Nobody builds on the commands.',
      severity: 'error',
      from: { pathNot: ['^lib/cli/', tests] },
      to: { path: '^lib/cli/' },
    },
    { name: 'no-test-code', severity: 'error', from: { pathNot: tests }, to: { path: tests } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/store/generated/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'] },
  },
};
