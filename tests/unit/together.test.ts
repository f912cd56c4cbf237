import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { together } from '../../server/adapters/db/together.ts';

/** A place that answers when it is told to; it keeps what it was asked. */
function desk() {
  const asked: { questions: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = (questions: readonly number[]): Promise<number[]> =>
    new Promise((resolve, reject) => {
      asked.push({
        questions,
        answer: () => {
          resolve(questions.map((question) => question * 10));
        },
        fail: reject,
      });
    });
  return { asked, ask };
}

const thisMoment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve)).then(() => undefined);

describe('questions that come while others are under way', () => {
  it('go together: what comes in one moment is shared by the free lanes, what comes later by the next lane that is free', async () => {
    const { asked, ask } = desk();
    const put = together(ask, { lanes: 2, atMost: 3 });
    const first = [1, 2, 3, 4].map(put);
    await thisMoment();
    expect(asked.map(({ questions }) => questions)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const later = [5, 6, 7, 8].map(put);
    await thisMoment();
    expect(asked).toHaveLength(2);
    asked[1]?.answer();
    expect(await Promise.all(first.slice(2))).toEqual([30, 40]);
    expect(asked[2]?.questions).toEqual([5, 6, 7]);
    asked[0]?.answer();
    await Promise.all(first);
    expect(asked[3]?.questions).toEqual([8]);
    asked[2]?.answer();
    asked[3]?.answer();
    expect(await Promise.all(later)).toEqual([50, 60, 70, 80]);
  });

  it('is asked at once when nobody else asks', async () => {
    const { asked, ask } = desk();
    const put = together(ask, { lanes: 1, atMost: 3 });
    for (const question of [1, 2]) {
      const answer = put(question);
      await thisMoment();
      asked.at(-1)?.answer();
      expect(await answer).toBe(question * 10);
    }
    expect(asked.map(({ questions }) => questions)).toEqual([[1], [2]]);
  });

  it('tells the failure to those who were asked for together, and goes on with the others', async () => {
    const { asked, ask } = desk();
    const put = together(ask, { lanes: 1, atMost: 2 });
    const answers = [1, 2, 3].map(put);
    await thisMoment();
    asked[0]?.fail(new Error('the base is gone'));
    await expect(answers[0]).rejects.toThrow('the base is gone');
    await expect(answers[1]).rejects.toThrow('the base is gone');
    asked[1]?.answer();
    expect(await answers[2]).toBe(30);
  });

  it('does not guess whose answers are missing', async () => {
    const put = together(() => Promise.resolve([1]), { lanes: 1, atMost: 2 });
    const answers = [1, 2].map(put);
    await expect(answers[0]).rejects.toThrow('1 answers to 2 questions');
    await expect(answers[1]).rejects.toThrow('1 answers to 2 questions');
  });

  it('each gets its own answer, whenever it comes and however many lanes there are', async () => {
    const arrivals = fc.array(fc.record({ question: fc.integer(), turns: fc.nat(4) }), { maxLength: 40 });
    const shape = fc.record({ lanes: fc.integer({ min: 1, max: 3 }), atMost: fc.integer({ min: 1, max: 5 }) });
    await fc.assert(
      fc.asyncProperty(arrivals, shape, async (questions, options) => {
        let underWay = 0;
        let most = 0;
        const put = together(async (asked: readonly number[]) => {
          underWay += 1;
          most = Math.max(most, underWay, asked.length > options.atMost ? Infinity : 0);
          await thisMoment();
          underWay -= 1;
          return asked;
        }, options);
        const answers = await Promise.all(
          questions.map(async ({ question, turns }) => {
            for (let turn = 0; turn < turns; turn += 1) await thisMoment();
            return put(question);
          }),
        );
        expect(answers).toEqual(questions.map(({ question }) => question));
        expect(most).toBeLessThanOrEqual(options.lanes);
      }),
      { numRuns: 100 },
    );
  });
});
