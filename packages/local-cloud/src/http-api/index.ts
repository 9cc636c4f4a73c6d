export { HttpApi, type RequestReport, type Route, type Stage } from './http-api';
export { HttpApis } from './http-apis';
