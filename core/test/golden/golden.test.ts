import t from 'tap';
import { referenceKernel } from '../../src/kernel/referenceKernel.js';
import { goldenSuite } from './suite.js';

goldenSuite(t, () => referenceKernel);
