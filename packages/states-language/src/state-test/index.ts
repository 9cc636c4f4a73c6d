export type {
  FieldValidationMode,
  InspectionData,
  InspectionLevel,
  TestStateOptions,
  TestStateResult,
} from './options';
export { testState } from './test-state';
