/** Whether bash has start-up lines that zsh does not read, and which. */
import { file, type Probe, type ProbeFinding, type ProbeProposal, readings, sh } from '../../topic-kit/index.ts';
import { notShown } from './move-to-zsh.ts';
import type { Parameters } from './parameters.ts';
import { loginShell, shownLines } from './start-up.ts';
import { blockName, zshFiles } from './zsh-files.ts';

export const probe: Probe<Parameters> = {
  looksAt: ['zsh and the login shell', 'start-up files of bash, without values that look like secrets', 'what earlier runs wrote into .zprofile and .zshrc'],
  uses: ['home', 'profile', 'bashrc', 'framework', 'plugins', 'listing', 'unmatched'],
  script: ({ home }) => sh`home=${home === '' ? sh`$HOME` : file(home)}
printf 'folder=%s\\n' "$home"
zsh --version 2>/dev/null | sed -n 's/^zsh \\([0-9.]*\\).*/zsh=\\1/p'
${loginShell}
if [ -r "$home" ] && [ -x "$home" ]; then echo readable=yes; fi
for name in .bash_profile .bash_login .profile; do
  [ -e "$home/$name" ] || continue
  printf 'profile-file=%s\\n' "$name"
  ${shownLines('profile')} "$home/$name"
  break
done
[ ! -e "$home/.bashrc" ] || ${shownLines('bashrc')} "$home/.bashrc"
for name in zprofile zshrc; do
  [ ! -e "$home/.$name" ] || sed -n ${`/^# BEGIN ${blockName}$/,/^# END ${blockName}$/p`} "$home/.$name" | sed "s/^/$name| /"
done
[ ! -e "$home/.oh-my-zsh/oh-my-zsh.sh" ] || echo omz=yes
echo looked=yes`,
  judge: ({ output }, values) => {
    const found = readings(output);
    const linesOf = (tag: string) => output.split('\n').flatMap((line) => (line.startsWith(`${tag}|`) ? [line.slice(tag.length + 2).trimEnd()] : []));
    const now = { profile: linesOf('profile').join('\n'), bashrc: linesOf('bashrc').join('\n') };
    const used = (text: string) => text.split('\n').filter((line) => !/^\s*(?:#.*)?$/.test(line)).length;
    const count = used(now.profile) + used(now.bashrc);
    const hidden = `${now.profile}\n${now.bashrc}`.split(notShown).length - 1;
    const findings: ProbeFinding[] = [
      { label: 'zsh', value: found.get('zsh') ?? '', means: 'its version.', speaks: 'neither' },
      { label: 'Login shell', value: found.get('login-shell') ?? '', means: 'A terminal program may start another one.', speaks: 'neither' },
      {
        label: 'Lines of bash',
        value: String(count),
        means: `in ${found.get('profile-file') ?? 'no .bash_profile'} and .bashrc. zsh reads none of these files.`,
        speaks: count > 0 ? 'for' : 'against',
      },
      ...(hidden > 0
        ? [{ label: 'Values not shown', value: String(hidden), means: 'They look like secrets. You copy them yourself.', speaks: 'neither' as const }]
        : []),
    ];
    const fits = (text: string) => text.length <= 20_000;
    const same = (one: string, other: string) => bare(one.split('\n')) === bare(other.split('\n'));
    const proposes: ProbeProposal[] = [
      ...(values.home === '' && found.get('folder') ? [{ field: 'home', value: found.get('folder') ?? '', because: 'It is this account’s.' }] : []),
      ...(['profile', 'bashrc'] as const).flatMap((name) =>
        same(now[name], values[name]) || !fits(now[name]) ? [] : [{ field: name, value: now[name], because: 'These lines are in the file now.' }],
      ),
    ];
    const says = (verdict: 'affected' | 'not-affected' | 'already-fixed' | 'unknown', because: string, next: string) => ({
      verdict,
      because,
      next,
      findings,
      proposes,
    });
    if (found.get('looked') !== 'yes' || found.get('readable') !== 'yes')
      return says('unknown', 'The home folder could not be read.', 'Check as the account whose shell changes.');
    if (!found.get('zsh'))
      return says('unknown', 'There is no zsh on this machine.', 'Install the package zsh, and check again. macOS has had one since 10.15 at the latest.');
    if (!fits(now.profile) || !fits(now.bashrc))
      return says('unknown', 'A start-up file is longer than 20,000 characters.', 'Paste the lines that you want into the form.');
    const wanted = zshFiles(values);
    const has = (tag: string, lines: readonly string[]) => bare(linesOf(tag).slice(1, -1)) === bare(lines);
    if (has('zprofile', wanted.zprofile) && has('zshrc', wanted.zshrc) && linesOf('zshrc').length > 0)
      return says('already-fixed', 'zsh has all of these lines already.', 'Start a new terminal to use it.');
    if (count === 0)
      return linesOf('zshrc').length > 0
        ? says('unknown', 'An earlier run has written other lines, and bash has none now.', 'Compare the form with that run.')
        : says(
            'not-affected',
            'Bash has no start-up lines of its own here.',
            'Use zsh as it is. Start a run if you want its settings, such as the list at the second Tab.',
          );
    return says(
      'affected',
      `zsh does not read the ${count} lines that bash has.`,
      proposes.length > 0 ? 'Let the form be filled in, and start the run.' : 'Start the run.',
    );
  },
};

/** As lines are compared: a terminal may show tabs as blanks. */
const bare = (lines: readonly string[]) =>
  lines
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .join('\n');
