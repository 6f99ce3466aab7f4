// @ts-check

/** Something the user can mend: shown as one line, without a stack. */
export class Complaint extends Error {
  /**
   * @param {string} message what is wrong and what to do about it
   * @param {{ log?: string }} [more] output of the command that failed, shown below the line
   */
  constructor(message, more = {}) {
    super(message);
    this.name = 'Complaint';
    this.log = more.log;
  }
}
