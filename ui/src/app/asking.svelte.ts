// A question that waits for an answer: `if (await asking.ask({…}))`. One at a time.

export interface Question {
  title: string;
  text?: string;
  /** What the button does, as a verb. */
  verb: string;
  /** Colours the verb for what cannot be taken back. */
  danger?: boolean;
  /** The other answer. */
  no?: string;
}

class Asking {
  now = $state.raw<(Question & { answer: (yes: boolean) => void }) | undefined>();

  /** Asks, and gives the answer. A question that is already there is answered with no. */
  ask(question: Question): Promise<boolean> {
    this.now?.answer(false);
    return new Promise((done) => {
      this.now = {
        ...question,
        answer: (yes) => {
          this.now = undefined;
          done(yes);
        },
      };
    });
  }
}

/** The question that is asked now. */
export const asking = new Asking();
