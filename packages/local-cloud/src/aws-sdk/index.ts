export { ClientPackageError } from './client-package';
export { javaExceptionName } from './java-names';
export { serviceNamed } from './packages';
export { SdkCallError, SdkServices, type ServiceLocation } from './sdk-services';
export { AWS_SDK_STYLE, OPTIMIZED_STYLE, UnknownFieldError } from './shapes';
