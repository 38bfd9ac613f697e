/** A session for tests of hops: what it shows, and how a person answers. */
import path from 'node:path';
import { expect } from 'vitest';
import { renderScript } from '../../../../shared/topic-kit/index.ts';
import { Session, type SessionReady } from '../session.ts';
import { type Hop, hopName, hopScript } from './hop.ts';

export class HopSession {
  readonly session: Session;
  /** What the terminal showed since the session was opened, or since the last `run` began. */
  text = '';

  /** `environment`: beside PATH; HOME should be a folder of the test's. */
  static async open(environment: Readonly<Record<string, string>>): Promise<HopSession> {
    const all = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...environment };
    const { session } = await Session.open({
      helper: path.resolve('assets/helper/session.sh'),
      shell: ['sh'],
      folder: '/',
      environment: all,
      cols: 80,
      rows: 24,
    });
    return new HopSession(session);
  }

  private constructor(session: Session) {
    this.session = session;
    session.onData((bytes) => {
      this.text += bytes.toString();
    });
  }

  enter(hop: Hop): Promise<{ entered: SessionReady } | { status: number }> {
    return this.session.enter(hopName(hop), (command) => renderScript(hopScript(hop, command), (file) => file), { silent: hop.kind === 'ssh' });
  }
  /** Goes through a hop that asks questions, each answered once it stands in the terminal. */
  async answer(hop: Hop, answers: readonly (readonly [question: RegExp, typed: string])[]): Promise<{ entered: SessionReady } | { status: number }> {
    const entering = this.enter(hop);
    for (const [question, typed] of answers) {
      await this.seen(question);
      this.text += '«answered»';
      this.session.type(`${typed}\n`);
    }
    return entering;
  }
  seen(wanted: RegExp): Promise<void> {
    return expect.poll(() => this.text, { interval: 5, timeout: 20_000 }).toMatch(wanted);
  }
  async run(script: string): Promise<{ status: number; text: string }> {
    this.text = '';
    return { status: await this.session.run(script), text: this.text };
  }
}
