import { requireNode } from './setup/node-version.mjs';

requireNode();
import('./checks/main.mjs').then(({ main }) => main());
