/** A step that installs a package, and whose undo removes it where it was not there before. Data only. */
import type { Matcher } from '../matcher.ts';
import { fact, type Script, sh } from '../script.ts';
import type { CommandStep } from '../step.ts';
import type { StepWords } from './step-words.ts';

/** Its name for each package manager; the one that the target has is used. Homebrew stands alone: it refuses root's rights. */
type PackageNames = { apt?: string; dnf?: string; zypper?: string } | { brew: string };

interface PackageStep extends StepWords {
  names: PackageNames;
  /** What it is for, as in "Install tmux on the server." */
  what: string;
}

/**
 * Installs only where it is missing, from the package lists that are there. With apt the undo removes what came with it as well, and nothing
 * else; with dnf, zypper and brew what came with it stays.
 */
export function packageStep({ names, what, ...words }: PackageStep): CommandStep {
  const id = `${words.id}-adds`;
  const brew = 'brew' in names;
  const managers = brew
    ? [withBrew(names.brew, id)]
    : [names.apt && withApt(names.apt, id), names.dnf && withDnf(names.dnf, id), names.zypper && withZypper(names.zypper, id)].filter(
        (one) => typeof one === 'object',
      );
  if (managers.length === 0) throw new TypeError('A package has a name for at least one package manager');
  const each = (part: 'look' | 'install' | 'remove'): Script =>
    sh`${managers.reduce<Script>(
      (all, manager, index) => sh`${all}${index > 0 ? sh`el` : sh``}if command -v ${manager.program} >/dev/null 2>&1; then
${manager[part]}
`,
      sh``,
    )}else echo 'package manager: none of these'
fi`;
  const look = each('look');
  return {
    ...words,
    kind: 'command',
    danger: 'changes',
    ...(!brew && { needsRoot: true as const }),
    before: {
      script: look,
      saves: [{ id, title: 'Packages it adds', pattern: /^adds=(\S.*)$/ }],
      matchers: [noManager, ...troubles],
    },
    script: each('install'),
    matchers: [noManager, ...troubles],
    verify: {
      script: look,
      looksOnlyAt: 'whether it is installed',
      matchers: [
        {
          kind: 'expected',
          id: 'installed',
          pattern: /^package=installed$/,
          means: `${what} is installed.`,
          missing: `${what} is not installed.`,
          next: 'Read what the package manager says above.',
        },
      ],
    },
    undo: each('remove'),
    undone: {
      script: sh`${look}\nset -- ${fact(id, 'words')}
if [ "$1" = none ]; then echo before=installed; else echo before=missing; fi`,
      matchers: [
        { kind: 'expected', id: 'as-before', pattern: /^before=/, means: 'It is as before the step.', missing: 'It could not be looked at.' },
        {
          kind: 'failure',
          id: 'still-there',
          pattern: /^package=installed$/,
          given: /^before=missing$/,
          means: 'It is still installed.',
          next: 'Another package may need it by now. Remove it by hand, or leave it.',
        },
        {
          kind: 'failure',
          id: 'gone',
          pattern: /^package=missing$/,
          given: /^before=installed$/,
          means: 'It was there before the step, and is gone.',
          next: 'Install it again.',
        },
      ],
    },
  };
}

interface Manager {
  program: string;
  /** Prints `package=installed` or `package=missing`, and `adds=` with what installing it adds, or `adds=none`. */
  look: Script;
  install: Script;
  remove: Script;
}

/** What apt says that it would do, line by line: `Inst NAME (` is new, `Inst NAME [` an upgrade. Purging that takes others along is refused. */
const withApt = (name: string, id: string): Manager => ({
  program: 'apt-get',
  look: sh`if dpkg-query -W -f '\${Status}\\n' ${name} 2>/dev/null | grep '^install ok installed$' >/dev/null; then printf '%s\\n' package=installed adds=none
else
  printf '%s\\n' package=missing
  printf 'adds=%s\\n' "$(LC_ALL=C apt-get -s -q --no-install-recommends install ${name} | sed -n 's/^Inst \\([^ ]*\\) (.*/\\1/p' | tr '\\n' ' ' | sed 's/ $//')"
fi`,
  install: sh`dpkg-query -W -f '\${Status}\\n' ${name} 2>/dev/null | grep '^install ok installed$' >/dev/null ||
  DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -y -q --no-install-recommends install ${name}`,
  remove: sh`set -- ${fact(id, 'words')}
if [ "$1" = none ]; then echo 'It was there before: it stays.'; exit; fi
for added; do
  shift
  if dpkg-query -W -f '\${Status}\\n' "$added" 2>/dev/null | grep '^install ok installed$' >/dev/null; then set -- "$@" "$added"; fi
done
if [ $# -gt 0 ]; then
  others=$(LC_ALL=C apt-get -s -q purge "$@" | sed -n 's/^Purg \\([^ ]*\\).*/\\1/p; s/^Remv \\([^ ]*\\).*/\\1/p' | grep -v -x -F -e "$(printf '%s\\n' "$@")")
  if [ -n "$others" ]; then printf 'It is not removed, as these need it: %s\\n' "$others"; exit 1; fi
  DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -y -q purge "$@"
fi`,
});

/** \`rpm -e\` removes what it is told and nothing else, and refuses where others need that. */
const withRpm = (program: string, install: Script, name: string, id: string): Manager => ({
  program,
  look: sh`if rpm -q ${name} >/dev/null 2>&1; then printf '%s\\n' package=installed adds=none; else printf '%s\\n' package=missing adds=${name}; fi`,
  install: sh`rpm -q ${name} >/dev/null 2>&1 || LC_ALL=C ${install}`,
  remove: sh`set -- ${fact(id, 'words')}
if [ "$1" = none ]; then echo 'It was there before: it stays.'; elif rpm -q "$@" >/dev/null 2>&1; then rpm -e "$@"; fi`,
});
const withDnf = (name: string, id: string) => withRpm('dnf', sh`dnf -y install ${name}`, name, id);
const withZypper = (name: string, id: string) => withRpm('zypper', sh`zypper --non-interactive install --no-recommends ${name}`, name, id);

/** Asked without its own update, which could change other packages. */
const withBrew = (name: string, id: string): Manager => ({
  program: 'brew',
  look: sh`if brew list --versions ${name} | grep . >/dev/null; then printf '%s\\n' package=installed adds=none; else printf '%s\\n' package=missing adds=${name}; fi`,
  install: sh`brew list --versions ${name} | grep . >/dev/null || HOMEBREW_NO_AUTO_UPDATE=1 brew install ${name}`,
  remove: sh`set -- ${fact(id, 'words')}
if [ "$1" = none ]; then echo 'It was there before: it stays.'; elif brew list --versions "$@" | grep . >/dev/null; then brew uninstall "$@"; fi`,
});

const noManager: Matcher = {
  kind: 'failure',
  id: 'no-manager',
  pattern: /^package manager: none of these$/,
  alone: true,
  means: 'The target has none of the package managers that this procedure knows.',
  next: 'Install it by hand, and skip this step with that as the reason.',
};
const troubles: readonly Matcher[] = [
  {
    kind: 'failure',
    id: 'unknown-package',
    pattern:
      /^E: Unable to locate package|has no installation candidate$|^(?:Error: )?Unable to find a match|^No match for argument|^No provider of |No available formula/,
    means: 'The package manager does not know this package.',
    next: 'Update its lists ("apt-get update", "dnf makecache", "zypper refresh"), check which repositories are enabled, and run the step again.',
  },
  {
    kind: 'failure',
    id: 'locked',
    pattern: /Could not get lock|Unable to acquire the dpkg frontend lock|is locked by|System management is locked/,
    means: 'Another program is installing packages right now.',
    next: 'Wait until it has finished, then run the step again.',
  },
  {
    kind: 'failure',
    id: 'no-network',
    pattern: /Temporary failure resolving|Could not resolve|Failed to fetch|Cannot download|Curl error/,
    means: 'The package could not be downloaded.',
    next: 'Check the target’s connection to its mirror, then run the step again.',
  },
  {
    kind: 'failure',
    id: 'dpkg-interrupted',
    pattern: /dpkg was interrupted/,
    means: 'An earlier installation was interrupted.',
    next: 'Run "dpkg --configure -a" on the target, then run the step again.',
  },
];
