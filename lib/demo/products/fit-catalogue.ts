import type { ProceduralProduct } from '../types';
import { demoProducts } from './catalogue';
import { circuitBoard } from './surfaces/circuit-board';
import { concreteSlab } from './surfaces/concrete-slab';
import { leatherPatch } from './surfaces/leather-patch';
import { paintedPanel } from './surfaces/painted-panel';
import { plasticCap } from './surfaces/plastic-cap';
import { rubberGasket } from './surfaces/rubber-gasket';
import { wireMesh } from './surfaces/wire-mesh';
import { woodenBoard } from './surfaces/wooden-board';

/** The products that the demonstration image-text pair is fitted on: those of the demo, and others that no project shows. */
export const fitProducts: readonly ProceduralProduct[] = [...demoProducts, circuitBoard, concreteSlab, leatherPatch, paintedPanel, plasticCap, rubberGasket, wireMesh, woodenBoard];
