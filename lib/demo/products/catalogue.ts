import type { DemoProduct } from '../types';
import { glazedTile } from './glazed-tile';
import { metalPlate } from './metal-plate';
import { wovenFabric } from './woven-fabric';

/** All demo products; the first one is what a first start shows. */
export const demoProducts: readonly DemoProduct[] = [metalPlate, wovenFabric, glazedTile];
