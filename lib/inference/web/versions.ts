/** What a page tells the server, so that an old page cannot pass as a new one. */
export { PREPROCESSING_VERSION } from '../preprocess/preprocess';
export { PARITY_PROBE_VERSION } from '../parity/probe-images';
