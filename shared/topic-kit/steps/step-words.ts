/** What a topic says of a step that the kit builds. */
export interface StepWords {
  id: string;
  title: string;
  intro: string;
  runsOn: string;
}
