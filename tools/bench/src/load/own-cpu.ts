/** The CPU use of this process since this was created. */
export class OwnCpu {
  readonly #before = process.cpuUsage();
  readonly #from = performance.now();

  /** CPU time divided by time; 1 is one core. */
  share(): number {
    const { user, system } = process.cpuUsage(this.#before);
    return (user + system) / 1_000 / (performance.now() - this.#from);
  }
}
