export { HttpApi, type HttpApiOptions, type RequestReport, type Stage } from './http-api';
export { type ApiService, HttpApis } from './http-apis';
export type { ApiRequest } from './request';
export type { ApiResponse } from './response';
