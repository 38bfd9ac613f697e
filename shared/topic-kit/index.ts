export { type FieldMeta, field, formFields, secretField, secretFields } from './field.ts';
export { type EqualMatcher, type ExpectedMatcher, isFailure, judge, type LineMatcher, type Matcher, type Observation } from './matcher.ts';
export { makePlan, planPrompt, type Rendering, stepScript } from './planner.ts';
export { file, quote, renderScript, type Script, sh } from './script.ts';
export type {
  CommandStep,
  Confirmation,
  ConsoleStep,
  EditRefusal,
  EditStep,
  FileCheck,
  FileCheckStep,
  FileFinding,
  ManualStep,
  Prompt,
  Proof,
  Remedy,
  SavedFact,
  Step,
} from './step.ts';
export { defineTopic, type Lab, type LabFailure, type LabFile, type Symptom, type Topic, type TopicContext } from './topic.ts';
