import { requireNode } from './setup/node-version.mjs';

requireNode();
// As npm start, but Next compiles what is asked for, and again when it changes.
process.argv.push('--development');
import('./setup/launch.mjs').then(({ launch }) => launch('start'));
