import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Question } from './bounded.ts';
import { Refusal } from './refusal.ts';
import { verify_response } from './response.ts';

/** The other end of `ask_worker`: one question, one answer, then it is over. */
function answer_to({ message, trust }: Question): Answer {
  const checks: Answer['checks'][number][] = [];
  try {
    return { checks, verdict: verify_response(message, trust, (check) => checks.push(check)) };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    const { reason, message, fix, seconds } = fault;
    return { checks, refusal: { reason, message, ...(fix !== undefined && { fix }), ...(seconds !== undefined && { seconds }) } };
  }
}

// workerData is what bounded.ts passed
parentPort?.postMessage(answer_to(workerData as Question));
