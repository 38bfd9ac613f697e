export type { CalculatedResult, CalculationText, DataIssue } from '../api/calculation.ts';
export { confirmingText, deviceTitle, deviceValue, parseDeviceValue, sizeText } from '../api/device-value.ts';
export type { DeviceIdentity } from '../api/media.ts';
export type { Picture, PictureText, PictureTone } from '../api/picture.ts';
export type { ProbeFinding, ProbeProposal } from '../api/probe.ts';
export type { ParameterIssue } from '../api/topic.ts';
export { absolutePath } from './absolute-path.ts';
export { amountText, percentText, secondsText, type TimeUnit, timeUnit } from './amounts.ts';
export { type AnyTopic, isCalculator, isProcedure } from './any-topic.ts';
export { asUser } from './as-user.ts';
export { type Calculator, type DataImport, defineCalculator } from './calculator.ts';
export { type CommandPromptLine, cmd, commandFileLines, quoteForCmd, renderCommandPrompt } from './command-prompt.ts';
export { isCommandPrompt, isConsoleLine, renderForConsole, typedScript } from './console-dialect.ts';
export { type DiskMove, type DisksHold, diskMoved, disksAfterSteps, onlyCopies } from './disk-moves.ts';
export { type StanzaStyle, setInStanza, stanzaRange } from './editors/in-stanza.ts';
export { markedLines, setMarkedLines } from './editors/marked-lines.ts';
export { setModuleOptions } from './editors/module-options.ts';
export { type KeyStyle, keyValue, setKeys, type Wanted } from './editors/set-keys.ts';
export { setLine } from './editors/set-line.ts';
export { plistValue, setPlist } from './editors/set-plist.ts';
export { type SectionStyle, sectionValue, setSectionKeys } from './editors/set-section-keys.ts';
export { setYaml, yamlValue } from './editors/set-yaml.ts';
export { escapeRegExp } from './editors/text-lines.ts';
export { fibreChannelSpeeds, fibreChannelSpeedsOf, type MultimodeFibre, multimodeFibres, shortWaveReach } from './fibre-channel.ts';
export { type FieldMeta, field, fieldWords, formFields, secretField, secretFields } from './field.ts';
export { type FactProblem, fillFacts } from './filled-facts.ts';
export { inOrder, oneOf } from './in-order.ts';
export { canonicalAddress, sameAddress } from './ip-address.ts';
export {
  type AbsentMatcher,
  type ChangedMatcher,
  type EqualMatcher,
  type ExpectedMatcher,
  isFailure,
  judge,
  type LineMatcher,
  type Matcher,
  type Observation,
} from './matcher.ts';
export {
  checkFolder,
  clusterSizes,
  type FatImage,
  fatLabel,
  fatTools,
  makeFatImage,
  type PartitionTable,
  proveFatImage,
  usualClusterBytes,
  whyNoFatImage,
} from './media/fat-image.ts';
export { stickRemedies } from './media/stick-remedies.ts';
export { checkImageStep, confirmErasing, writeStickStep } from './media/stick-steps.ts';
export { findSystemShell, systemShellPackages } from './media/system-shell.ts';
export { writeMatchers } from './media/writer-matchers.ts';
export { hitsOf, matchedCharacters, matchedLines } from './output-lines.ts';
export { makePlan, type PlaceOfMachine, planPrompt, type RenderedText, type Rendering, renderText, stepsFor } from './planner.ts';
export { type Probe, type ProbeJudgement, type ProbeSeen, readings } from './probe.ts';
export { anywhere, fact, factMarks, file, quote, renderScript, renderSealed, type Script, sh } from './script.ts';
export { secretIn, withSecrets } from './secret-in.ts';
export { sliderField } from './slider-field.ts';
export type {
  Before,
  CommandPrompt,
  CommandPromptStep,
  CommandStep,
  Confirmation,
  ConsoleLine,
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
  StepCard,
} from './step.ts';
export { generatedFileStep } from './steps/generated-file.ts';
export { type LogSince, logSince } from './steps/log-since.ts';
export { movedAwayStep } from './steps/moved-away.ts';
export { packageStep } from './steps/package-step.ts';
export type { Service } from './steps/service-manager.ts';
export { serviceStep } from './steps/service-step.ts';
export { sysctlStep } from './steps/sysctl-step.ts';
export { dropInStep, failedUnit, showUnit, startUnit } from './steps/systemd-unit.ts';
export { untilItAnswers } from './steps/until-it-answers.ts';
export { type System, type Systems, whyNotOn } from './systems.ts';
export {
  defineTopic,
  type Lab,
  type LabFailure,
  type LabFile,
  type Machine,
  type SearchWords,
  type Symptom,
  type Topic,
  type TopicContext,
  type TopicText,
} from './topic.ts';
