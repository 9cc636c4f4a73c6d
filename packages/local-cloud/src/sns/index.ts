export { resultXml } from './query-protocol';
export { SnsService } from './sns-service';
