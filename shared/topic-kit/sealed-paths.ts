/** Paths of this machine in what a rehearsal would run: whoever forgot `file()` is told when the plan is made. Pure. */

/** Folders of systems, at the beginning of a word; a path with `file()` around it begins with the lab's own folder instead. */
const absolute =
  /(?<=^|[\s'"=<>(:;,|&])\/(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|Applications|Library|System|Users|Volumes|private)(?:\/[^\s'"`;|&<>(),]*)?(?![\w.-])/g;
/** Every system has these, and nothing is kept in them. */
const harmless = /^\/dev\/(?:null|tty|stdin|stdout|stderr|zero|urandom|fd\/\d+)$|^\/proc\/self\//;

/** Those that would be this machine's, each once. */
export const pathsOutside = (script: string): string[] => [
  ...new Set([...script.matchAll(absolute)].map(([path]) => path).filter((path) => !harmless.test(path))),
];
