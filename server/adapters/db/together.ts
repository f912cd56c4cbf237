import { setImmediate as thisMoment } from 'node:timers/promises';

/**
 * Questions that come while earlier ones are under way are asked together. Who asks when a lane is free is asked at once and alone; the
 * others wait for the next lane, so that each question begins after it was put and its answer is as fresh as one of its own.
 * @param ask answers as many as it was asked, in their order, each at once or as a promise; when it rejects, all of its askers are told so
 * @param lanes how many are under way at a time
 * @param atMost how many go together
 */
export function together<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly (Answer | PromiseLike<Answer>)[]>,
  { lanes, atMost }: { lanes: number; atMost: number },
): (question: Question) => Promise<Answer> {
  interface Waiting {
    question: Question;
    resolve: (answer: Answer | PromiseLike<Answer>) => void;
    reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let underWay = 0;
  /** Lanes that take their share of those waiting at the end of this moment. */
  let starting = 0;

  const serve = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await ask(batch.map(({ question }) => question));
      if (answers.length !== batch.length) throw new Error(`${answers.length} answers to ${batch.length} questions`);
      // The lengths are equal: each has an answer, which may be undefined itself.
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer | PromiseLike<Answer>);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const runLane = async (): Promise<void> => {
    underWay += 1;
    starting += 1;
    // Who asks in the same moment goes along: the answers of one statement make their askers ask the next thing together.
    await thisMoment();
    const share = Math.ceil(waiting.length / starting);
    starting -= 1;
    let batch = waiting.splice(0, Math.min(share, atMost));
    while (batch.length > 0) {
      await serve(batch);
      batch = waiting.splice(0, atMost);
    }
    underWay -= 1;
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (underWay < lanes) void runLane();
    });
}
