/** `--like RUN`: a form filled in as that of an earlier run. */
import { Option } from 'commander';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { ParameterValues, ProcedureDetail } from '../../shared/api/topic.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';

export const likeOption = () => new Option('--like <run>', 'parameters as that run had them; those of --answers count more. Passwords are given anew');

/** As far as the procedure has these parameters still; secrets were not kept. Throws `not-found`, and `bad-parameters` for a run of another procedure. */
export async function parametersLike({ client }: { client: Client }, topic: ProcedureDetail, runId: string | undefined): Promise<ParameterValues> {
  if (runId === undefined) return {};
  const { topicId, parameters } = await makeApi(client.call).runs.get({ runId });
  if (topicId !== topic.id)
    throw new WrenchbookError(
      'bad-parameters',
      `${runId} is a run of ${topicId}.`,
      `Name a run of ${topic.id}: "wrenchbook transcripts list --topic ${topic.id}" lists them.`,
    );
  return Object.fromEntries(
    topic.fields.flatMap(({ name, secret }) => {
      const value = parameters[name];
      return secret || value === undefined ? [] : [[name, value]];
    }),
  );
}
