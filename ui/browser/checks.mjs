// Runs named checks one after another, prints a line for each, and counts them.
export class Skip extends Error {}

export class Checks {
  passed = 0;
  failed = 0;
  skipped = 0;

  async run(name, check) {
    try {
      await check();
      this.passed++;
      console.log(`passed: ${name}`);
    } catch (error) {
      if (error instanceof Skip) {
        this.skipped++;
        console.log(`skipped: ${name}: ${error.message}`);
      } else {
        this.failed++;
        console.log(`FAILED: ${name}: ${String(error.message ?? error).split('\n').slice(0, 6).join(' | ')}`);
      }
    }
  }

  skipIf(condition, why) {
    if (condition) throw new Skip(why);
  }

  /** The closing line that `bulwark test` adds up; the exit status. */
  close() {
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return this.failed === 0 ? 0 : 1;
  }
}

export function expect(condition, message) {
  if (!condition) throw new Error(message);
}
