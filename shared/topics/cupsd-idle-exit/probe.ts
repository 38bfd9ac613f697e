/** Whether memory pressure can end cupsd on this Mac, and whether it did. */
import { type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import type { Parameters } from './parameters.ts';
import { exits, jobFile, system } from './reading.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['the version of the system', 'lines of the kernel in system.log', 'the property list of the job org.cups.cupsd'],
  uses: ['way', 'system'],
  needsRoot: true,
  machines: ['mac'],
  script: () => sh`${system}
${exits}
${jobFile}`,
  judge: ({ output }, { way, system: chosen }) => {
    const found = readings(output);
    const version = found.get('version') ?? '';
    const [, minor] = /^10\.(\d+)/.exec(version) ?? [];
    const seen = found.get('exits') ?? '';
    const pressured = found.get('pressured') ?? '';
    const open = Number(found.get('open') || Number.NaN);
    const findings: ProbeFinding[] = [
      { label: 'Version', value: version, means: 'Affected are 10.9 to 10.11.', speaks: 'neither' },
      {
        label: 'Ends by memory pressure',
        value: seen === 'unread' ? 'no log' : seen,
        means: 'in the logs that are there. Older ones are gone.',
        speaks: Number(seen) > 0 ? 'for' : 'neither',
      },
      {
        label: 'EnablePressuredExit',
        value: pressured,
        means:
          pressured === 'true' ? 'Memory pressure may end cupsd.' : pressured === 'false' ? 'Memory pressure does not end cupsd.' : 'The job does not have it.',
        speaks: pressured === 'false' ? 'against' : pressured === 'true' ? 'for' : 'neither',
      },
      {
        label: 'Listeners for all addresses',
        value: Number.isNaN(open) ? '' : String(open),
        means: open > 0 ? 'Other computers can wake cupsd.' : 'Other computers cannot wake cupsd.',
        speaks: open > 0 ? 'against' : 'for',
      },
    ];
    const fits = minor === '11' ? '10.11' : 'older';
    const isAffected = minor !== undefined && Number(minor) >= 9 && Number(minor) <= 11;
    const proposes: ProbeProposal[] = [
      ...(isAffected && fits !== chosen ? [{ field: 'system', value: fits, because: `This is ${version}.` }] : []),
      ...(isAffected && way === 'pressure' && pressured === 'none' ? [{ field: 'way', value: 'listen', because: 'The job has no EnablePressuredExit.' }] : []),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (version === '') return says('unknown', 'The version of the system could not be read.', 'This procedure is for OS X 10.9 to 10.11.');
    if (!isAffected)
      return says('not-affected', 'Memory pressure does not end cupsd on this version.', 'From 10.12 on Apple has repaired it; before 10.9 it is not known.');
    if (pressured === '' || Number.isNaN(open)) return says('unknown', 'The property list of the job could not be read.', 'Check as root.');
    if (pressured === 'false') return says('already-fixed', 'The job is not ended under memory pressure.', 'If sharing stops, it is another problem.');
    if (open > 0) return says('already-fixed', 'launchd listens on all addresses: other computers can wake cupsd.', 'If sharing stops, it is another problem.');
    if (proposes.length > 0) return says('unknown', 'The form does not fit this Mac.', 'Let it be filled in, and check again.');
    return says(
      'affected',
      Number(seen) > 0
        ? 'Memory pressure has ended cupsd, and other computers cannot wake it.'
        : 'Memory pressure can end cupsd, and other computers cannot wake it. The logs that are there do not show that it did.',
      'Update to 10.12 or newer if that is possible. Else start the run.',
    );
  },
};
