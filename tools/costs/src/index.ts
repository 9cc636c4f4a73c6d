export { costOf, totalOf } from './cost';
export { DOCS, type PriceTable, readPrices } from './prices';
export { recordUsage } from './record';
export { toMarkdown } from './report';
export type { Usage } from './usage';
