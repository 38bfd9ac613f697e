/** A session whose other end is no helper of ours: what it says at each moment is the test's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Session, type SessionLimits } from './session.ts';

/**
 * What it says, as sh: `mark NONCE NUMBER WORDS`, `text WORDS`. `$n` is the session's nonce, `$k` the script's, `$q` the next number;
 * `said` counts one more.
 */
export interface Played {
  ready?: string;
  /** To a script that it was given. */
  script?: string;
}
const honest = { ready: `mark $n $q "ready;1000;Linux"`, script: `mark $k $q begin; text working; mark $k $q "end;0"` };

const program = ({ ready, script }: Required<Played>) => `mark() { printf '\\033]6973;%s;%s;%s\\007' "$1" "$2" "$3"; q=$((q + 1)); }
text() { printf '%s\\r\\n' "$*"; }
stty -echo -isig
printf '\\033]6973;hello;\\007'
read -r n
k= q=0
${ready}
while read -r l; do
  case $l in
  "$n run "*) k=\${l#"$n run "} ;;
  "$n end"*) ${script} ;;
  "$n bye") exit ;;
  esac
done
`;

export class PlayedHelper {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'wb-played-'));
  readonly lost: string[] = [];
  text = '';
  private opened: Session | null = null;

  /** Rejects as Session.open does. */
  async open(played: Played = {}, limits?: SessionLimits): Promise<{ session: Session; ready: { uid: number; system: string } }> {
    const helper = path.join(this.folder, 'helper');
    writeFileSync(helper, program({ ...honest, ...played }));
    const environment = { PATH: process.env.PATH ?? '' };
    const { session, ready } = await Session.open({ helper, shell: ['sh'], folder: '/', environment, cols: 80, rows: 24, ...(limits && { limits }) });
    this.opened = session;
    session.onLost((detail) => this.lost.push(detail));
    session.onData((bytes) => {
      this.text += bytes.toString('latin1');
    });
    return { session, ready };
  }
  async end(): Promise<void> {
    await this.opened?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
