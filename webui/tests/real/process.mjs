// Programs that run no longer than the tests, and what they say.
import { spawn } from 'node:child_process';
import { until } from './wait.mjs';

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A running program, and its lines. */
export class Program {
  constructor(name, command, args, env = {}) {
    this.name = name;
    this.said = '';
    this.child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    running.add(this.child);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (this.said += text));
    }
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => resolve(`cannot start: ${error.message}`));
      // Not at its exit: what it said last is heard first.
      this.child.on('close', (code, signal) => (running.delete(this.child), (this.isOver = true), resolve(signal ?? code)));
    });
  }

  /** Waits until it says something, and returns the match. */
  async says(pattern) {
    const look = () => {
      const found = pattern.exec(this.said);
      if (!found && this.isOver) throw new Error(`${this.name} ended before it said ${pattern}:\n${this.lastWords()}`);
      return found;
    };
    return until(`${this.name} says ${pattern}`, look);
  }

  /** How often it said something. */
  count(text) {
    return this.said.split(text).length - 1;
  }

  /** Sends it a signal and waits until it has ended: its exit code, or the signal's name. */
  async end(signal = 'SIGKILL') {
    this.child.kill(signal);
    return this.ended;
  }

  lastWords() {
    return this.said.split('\n').slice(-40).join('\n');
  }
}
