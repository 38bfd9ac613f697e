/** `--like RUN`: a form filled in as that of an earlier run. */
import { Option } from 'commander';
import { WrenchbookError } from '../../shared/api/error.ts';
import type { ParameterValues, ProcedureDetail } from '../../shared/api/topic.ts';
import { type Client, makeApi } from '../../shared/wire/client.ts';
import { refusal } from '../backend/custody/refusal.ts';

export const likeOption = () => new Option('--like <run>', 'use the parameters of that run; --answers overrides them. Passwords must be given again');

/** As far as the procedure has these parameters still; secrets were not kept. Throws `not-found`, and `bad-parameters` for a run of another procedure. */
export async function parametersLike({ client }: { client: Client }, topic: ProcedureDetail, runId: string | undefined): Promise<ParameterValues> {
  if (runId === undefined) return {};
  const api = makeApi(client.call);
  const { topicId, parameters } = await api.runs.get({ runId });
  // What would be typed into the form is taken from a record that can be relied on, or not at all.
  const refused = refusal(runId, await api.transcripts.verify({ runId }));
  if (refused) throw new WrenchbookError(refused.code, refused.message, refused.next);
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
