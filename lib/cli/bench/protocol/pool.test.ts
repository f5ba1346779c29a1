import { describe, expect, it } from 'vitest';
import { runOnThreads } from './pool';

const program = (body: string) => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort, threadId, workerData } from 'node:worker_threads';\nparentPort.on('message', (task) => { ${body} });`)}`);

async function answersOf(body: string, tasks: readonly number[], threads = 2) {
  const answers: { task: number; answer: { value: number; thread: number } }[] = [];
  await runOnThreads<number, { value: number; thread: number }>(tasks, { program: program(body), threads, workerData: 100, onAnswer: (task, answer) => answers.push({ task, answer }) });
  return answers;
}

describe('threads', () => {
  it('answer every task once, with the answer beside its task', async () => {
    const answers = await answersOf('parentPort.postMessage({ value: task + workerData, thread: threadId });', [1, 2, 3, 4, 5, 6, 7]);
    expect(answers.map(({ task }) => task).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(answers.every(({ task, answer }) => answer.value === task + 100)).toBe(true);
    expect(new Set(answers.map(({ answer }) => answer.thread)).size).toBe(2);
  });

  it('end the run when one fails or when an answer cannot be kept', async () => {
    await expect(answersOf('throw new Error("broken " + task);', [8])).rejects.toThrow('broken 8');
    await expect(answersOf('process.exit(3);', [1, 2, 3])).rejects.toThrow('code 3');
    const full = runOnThreads([1, 2], { program: program('parentPort.postMessage(task);'), threads: 1, workerData: 0, onAnswer: () => { throw new Error('disk full'); } });
    await expect(full).rejects.toThrow('disk full');
  });
});
