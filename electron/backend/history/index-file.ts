/**
 * The index's SQLite file. It is derived data: whenever it can't be trusted it is thrown away and made again.
 *
 * SQLite runs as WebAssembly here and locks with a folder beside the file, which a killed process leaves behind, and
 * with which a hot rollback journal is not recognised. Both are handled here: a lock without a living owner is taken
 * away, and if a journal lies beside it, somebody was killed in the middle of writing and the file goes too.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { storageError } from '../storage-error.ts';
import { FillTurn } from './fill-turn.ts';
import { IndexUsers } from './index-users.ts';

/** Goes up with every change of the tables or of what is put into them. */
const indexVersion = 3;
/** Nothing here holds the lock longer: older ones belong to a process of another host that is gone, or to one asleep. */
const lockLivesMs = 20_000;
const tryAgainMs = 5;
/** On a busy machine others may be faster many times over. */
const giveUpMs = 120_000;

const tables = `
  create table run (id integer primary key, run_id text not null unique, stamp text not null, topic_id text, topic_title text,
    host text, outcome text, created_at text, open integer, summary text);
  create index run_topic on run (topic_id, topic_title);
  create index run_host on run (host);
  create index run_outcome on run (outcome);
  create table section (run integer not null, position integer not null, step_id text, title text not null, place text not null,
    text text not null, primary key (run, position)) without rowid;
  create virtual table words using fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
  pragma user_version = ${indexVersion};`;

class OtherVersion extends sqlite.SQLite3Error {
  override message = 'it belongs to another version of Wrenchbook';
}
export type Database = InstanceType<typeof sqlite.Database>;

export class IndexFile {
  private readonly file: string;
  private readonly folder: string;
  private readonly users: IndexUsers;
  private readonly turn: FillTurn;
  private readonly log: (line: string) => void;
  private database: Database | null = null;
  private inode = 0;
  /** Goes up whenever the file was made anew, so that its user knows that all has to be put in again. */
  generation = 0;

  constructor(dataFolder: string, log: (line: string) => void) {
    this.folder = path.join(dataFolder, 'index');
    this.file = path.join(this.folder, 'runs.sqlite');
    this.users = new IndexUsers(this.folder);
    this.turn = new FillTurn(this.folder, this.users);
    this.log = log;
  }

  private transaction<T>(begin: string, work: (database: Database) => T): T {
    return this.use((database) => {
      database.exec(begin);
      const result = work(database);
      database.exec('commit');
      return result;
    });
  }

  /** Does some work on the database. Damage makes it new and the work is done again. Throws `storage`. */
  private use<T>(work: (database: Database) => T): T {
    const giveUpAt = Date.now() + giveUpMs;
    for (let repaired = false; ; ) {
      try {
        return work(this.opened());
      } catch (cause) {
        if (this.database?.inTransaction) this.quietly(() => this.database?.exec('rollback'));
        if (!(cause instanceof sqlite.SQLite3Error)) throw cause;
        if (isBusy(cause) && Date.now() < giveUpAt) {
          if (!this.clearDeadLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tryAgainMs);
        } else if (!repaired && isDamage(cause)) {
          repaired = true;
          this.discard(cause.message);
        } else throw storageError('use the index', this.file, cause);
      }
    }
  }

  /**
   * One state of it, and one lock: where every question took a lock of its own, any of them could find another process
   * in the way and all would be asked again, in several processes for ever.
   */
  read<T>(work: (database: Database) => T): T {
    return this.transaction('begin', work);
  }

  /** All or nothing; short, as other processes wait for it. */
  change(work: (database: Database) => void): void {
    this.transaction('begin immediate', work);
  }

  /** Whether another process has it open too. */
  get shared(): boolean {
    return this.users.othersLive();
  }

  /** Whether it is this process's turn to fill it, which is then kept until it is given back. Throws `storage`. */
  takeTurn(): boolean {
    return this.use(() => {
      try {
        return this.turn.take();
      } catch (cause) {
        throw storageError('take the turn in', this.folder, cause);
      }
    });
  }
  giveTurnBack(): void {
    this.quietly(() => this.turn.giveBack());
  }

  close(): void {
    this.giveTurnBack();
    this.quietly(() => this.database?.close());
    this.database = null;
    this.quietly(() => this.users.leave());
  }

  private opened(): Database {
    if (this.database && statSync(this.file, { throwIfNoEntry: false })?.ino !== this.inode) {
      // Another process found it damaged and made it anew.
      this.close();
      this.generation++;
    }
    this.database ??= this.open();
    return this.database;
  }

  private open(): Database {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      this.users.enter();
    } catch (cause) {
      throw storageError('make the index in', this.folder, cause);
    }
    if (existsSync(`${this.file}.lock`)) this.clearDeadLock();
    const database = new sqlite.Database(this.file);
    try {
      // What a power cut breaks is made again; waiting for the disk at every run would cost more.
      database.exec('pragma synchronous = off; pragma cache_spill = off; pragma cache_size = -32768; pragma temp_store = memory');
      if (versionOf(database) !== indexVersion) {
        database.exec('begin exclusive');
        const version = versionOf(database); // another process may have been first
        if (version !== indexVersion && Number(database.get('select count(*) as tables from sqlite_master')?.tables) > 0) throw new OtherVersion();
        if (version !== indexVersion) database.exec(tables);
        database.exec('commit');
        this.generation++;
      }
      database.exec('create temp table live (run_id text primary key, outcome text)');
      this.inode = statSync(this.file).ino;
      return database;
    } catch (cause) {
      this.quietly(() => database.close());
      throw cause;
    }
  }

  private discard(reason: string): void {
    this.log(`the search index is rebuilt: ${reason}`);
    this.quietly(() => this.database?.close());
    this.database = null;
    for (const file of [this.file, `${this.file}-journal`, `${this.file}.lock`]) rmSync(file, { recursive: true, force: true });
    this.generation++;
  }

  /** Whether a lock was taken away. */
  private clearDeadLock(): boolean {
    const lock = statSync(`${this.file}.lock`, { throwIfNoEntry: false });
    if (!lock || (this.users.othersLive() && Date.now() - lock.mtimeMs < lockLivesMs)) return false;
    if (existsSync(`${this.file}-journal`)) this.discard('a process was killed while writing it');
    else rmSync(`${this.file}.lock`, { recursive: true, force: true });
    return true;
  }

  private quietly(work: () => void): void {
    try {
      work();
    } catch {
      // Already going another way round; the first error is the one that counts.
    }
  }
}

const versionOf = (database: Database) => Number(database.get('pragma user_version')?.user_version ?? 0);
/** FTS5 says the second where another process has the lock just then. */
const isBusy = (cause: Error) => /locked|busy|vtable constructor failed/i.test(cause.message);
const isDamage = (cause: Error) =>
  cause instanceof OtherVersion || /malformed|not a database|corrupt|no such (table|column)|missing from index|disk I\/O|logic error/i.test(cause.message);
