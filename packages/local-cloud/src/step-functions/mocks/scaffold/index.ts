export { scaffoldMocks } from './scaffold';
