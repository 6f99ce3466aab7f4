export { jacobiSvd, type Svd } from '../../src/linalg/jacobiSvd.js';
export { truncateSvd as truncated } from '../../src/linalg/truncateSvd.js';
